using System.Text;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Hosting.Runs;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;

namespace DistGan.Worker.Tests.Running;

public sealed class ResumeTests
{
    private static readonly Recipe Stopping = RunHarness.Recipe with { OnDivergence = "stop" };

    [Fact]
    public async Task Run_Uninterrupted_CompletesWithAllFiles()
    {
        var (store, grains, factory) = (new MemoryStore(), new FakeGrains(), new FakeFactory());

        var started = await new RunHarness(Stopping, store, grains).RunAsync(factory);

        Assert.True(started.Started);
        var end = await grains.Coordinator.End.Task;
        Assert.Equal(ReplicaOutcome.Completed, end.Outcome);
        Assert.Equal(60, end.Step);
        Assert.Equal([20, 40, 60], Steps("samples/step-", ".png"));
        Assert.Contains($"{RunHarness.Prefix}snapshots/r0/step-00000060-e1/manifest.json", store.Objects.Keys);
        Assert.Contains($"{RunHarness.Prefix}metrics.jsonl", store.Objects.Keys);
        Assert.Equal(5, Encoding.UTF8.GetString(store.Objects[$"{RunHarness.Prefix}evaluation.jsonl"]).Count(letter => letter == '\n'));
        Assert.Equal(12, grains.Coordinator.Reports.Count(report => report.Progress.Values.ContainsKey(MetricNames.DiscriminatorLoss)));

        int[] Steps(string before, string after) => [.. store.Objects.Keys
            .Where(name => name.StartsWith(RunHarness.Prefix + before, StringComparison.Ordinal))
            .Select(name => int.Parse(name.AsSpan((RunHarness.Prefix + before).Length, 8)))];
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(29)]
    [InlineData(35)]
    [InlineData(58)]
    public async Task Run_KilledAndResumed_EndsWithTheSameState(int killedAt)
    {
        var expected = await UninterruptedAsync();
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        await KillAsync(store, grains, killedAt);
        var factory = new FakeFactory();

        var started = await new RunHarness(Stopping, store, new FakeGrains()).RunAsync(factory, epoch: 2, resume: true);

        Assert.True(started.Started, started.Refusal);
        Assert.InRange(started.Step, 1, killedAt);
        Assert.Equal(expected, factory.Last.Hash);
        Assert.Equal(60, factory.Last.Step);
    }

    [Fact]
    public async Task Run_KilledWhileCommitting_IgnoresAndRemovesTheLeftover()
    {
        var expected = await UninterruptedAsync();
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        const string Leftover = $"{RunHarness.Prefix}snapshots/r0/step-00000028-e1/";
        store.BeforeWrite = name =>
        {
            if (name == $"{Leftover}manifest.json" && store.Objects.ContainsKey($"{Leftover}state.json"))
            {
                store.BeforeWrite = static _ => throw new IOException("killed");
                throw new IOException("killed");
            }
        };
        await new RunHarness(Stopping, store, grains).RunAsync(new FakeFactory());
        store.BeforeWrite = static _ => { };
        Assert.Contains($"{Leftover}state.json", store.Objects.Keys);
        var factory = new FakeFactory();

        var started = await new RunHarness(Stopping, store, new FakeGrains()).RunAsync(factory, epoch: 2, resume: true);

        Assert.Equal(21, started.Step);
        Assert.Equal(expected, factory.Last.Hash);
        Assert.DoesNotContain(store.Objects.Keys, name => name.StartsWith(Leftover, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NewestSnapshotDamaged_TakesTheOneBeforeAndSaysSo()
    {
        var expected = await UninterruptedAsync();
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        await KillAsync(store, grains, 37);
        store.Objects[$"{RunHarness.Prefix}snapshots/r0/step-00000035-e1/outbox.safetensors"][^1] ^= 1;
        var (factory, again) = (new FakeFactory(), new FakeGrains());

        var started = await new RunHarness(Stopping, store, again).RunAsync(factory, epoch: 2, resume: true);

        Assert.Equal(28, started.Step);
        Assert.Equal(expected, factory.Last.Hash);
        Assert.Contains(again.Coordinator.Events, told => told.Kind == EventKinds.Warning && told.Message.Contains("step-00000035-e1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_EverySnapshotDamaged_BeginsAnewAndSaysSo()
    {
        var expected = await UninterruptedAsync();
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        await KillAsync(store, grains, 16);
        foreach (var name in store.Objects.Keys.Where(static name => name.EndsWith("outbox.safetensors", StringComparison.Ordinal)).ToList())
        {
            store.Objects[name][^1] ^= 1;
        }

        var (factory, again) = (new FakeFactory(), new FakeGrains());

        var started = await new RunHarness(Stopping, store, again).RunAsync(factory, epoch: 2, resume: true);

        Assert.Equal(0, started.Step);
        Assert.Equal(expected, factory.Last.Hash);
        var told = again.Coordinator.Events.Where(static told => told.Kind == EventKinds.Warning).Select(static told => told.Message).ToList();
        Assert.EndsWith("the one before it is tried.", told[0], StringComparison.Ordinal);
        Assert.EndsWith("there is none before it.", told[^2], StringComparison.Ordinal);
        Assert.Equal("Replica 0 has no whole snapshot and begins at step 0.", told[^1]);
    }

    [Fact]
    public async Task Run_NewSnapshotDoesNotReadBack_KeepsTheOlderOneAndSaysSo()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        const string Newest = $"{RunHarness.Prefix}snapshots/r0/step-00000014-e1/";
        store.BeforeWrite = name =>
        {
            if (name == $"{Newest}manifest.json" && store.Objects.TryGetValue($"{Newest}generator.safetensors", out var written))
            {
                written[^1] ^= 1;
            }
        };

        await new RunHarness(Stopping with { Snapshots = new() { EverySteps = 7, Keep = 1 }, Budget = new() { Steps = 14 }, Evaluation = null }, store, grains).RunAsync(new FakeFactory());

        Assert.Contains(grains.Coordinator.Events, static told => told.Kind == EventKinds.Warning && told.Message.Contains("step 14 does not read back (generator.safetensors has other content)", StringComparison.Ordinal));
        var found = await SnapshotReader.FindNewestAsync(store, RunHarness.Prefix, 0, static _ => { }, CancellationToken.None);
        Assert.Equal(7, found!.Manifest.Step);
    }

    /// <summary>Whatever the moment at which everything stops, one snapshot that reads back is there: nothing is deleted before a newer one is safe.</summary>
    [Fact]
    public async Task Run_KeepingOneSnapshot_HasAWholeOneAtEveryWriteAfterTheFirst()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var (writes, isThere) = (0, false);
        store.BeforeWrite = name =>
        {
            if (!name.StartsWith($"{RunHarness.Prefix}snapshots/", StringComparison.Ordinal))
            {
                return;
            }

            var found = SnapshotReader.FindNewestAsync(store, RunHarness.Prefix, 0, static _ => { }, CancellationToken.None).GetAwaiter().GetResult();
            Assert.True(found is not null || !isThere, $"Before {name} is written or deleted, no snapshot reads back.");
            isThere |= found is not null;
            writes++;
        };

        await new RunHarness(Stopping with { Snapshots = new() { EverySteps = 7, Keep = 1 }, Evaluation = null }, store, grains).RunAsync(new FakeFactory());

        Assert.Equal(ReplicaOutcome.Completed, (await grains.Coordinator.End.Task).Outcome);
        Assert.True(isThere && writes > 30, $"{writes} writes.");
        Assert.Single(store.Objects.Keys, static name => name.EndsWith("manifest.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_InterruptedAndResumed_EndsWithTheSameState()
    {
        var expected = await UninterruptedAsync();
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        var harness = new RunHarness(Stopping, store, grains);
        await harness.RunAsync(new FakeFactory(replica => replica.AfterStep = done =>
        {
            if (done.Step == 33)
            {
                harness.Runner!.Interrupt();
            }
        }));
        var end = await grains.Coordinator.End.Task;
        Assert.Equal((ReplicaOutcome.Interrupted, 33L), (end.Outcome, end.Step));
        var factory = new FakeFactory();

        var started = await new RunHarness(Stopping, store, new FakeGrains()).RunAsync(factory, epoch: 2, resume: true);

        Assert.Equal(33, started.Step);
        Assert.Equal(expected, factory.Last.Hash);
    }

    [Fact]
    public async Task Run_KilledAndResumed_MergedMetricsHaveEachRoundOnce()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        await KillAsync(store, grains, 33);
        const string Metrics = $"{RunHarness.Prefix}metrics/r0.jsonl";
        store.Objects[Metrics] = [.. store.Objects[Metrics], .. "{\"replica\":0,\"ep"u8];

        await new RunHarness(Stopping, store, new FakeGrains()).RunAsync(new FakeFactory(), epoch: 2, resume: true);

        var rounds = MetricsReader.Effective(store.Objects[$"{RunHarness.Prefix}metrics.jsonl"])
            .Where(line => line.TryGetProperty(MetricNames.DiscriminatorLoss, out _))
            .Select(line => line.GetProperty("step").GetInt64());
        Assert.Equal(Enumerable.Range(1, 12).Select(round => round * 5L), rounds);
    }

    [Fact]
    public async Task Run_OtherDataAtResume_IsRefused()
    {
        var (store, grains) = (new MemoryStore(), new FakeGrains());
        await KillAsync(store, grains, 16);

        var started = await new RunHarness(Stopping, store, grains).RunAsync(new FakeFactory { Fingerprint = "other" }, epoch: 2, resume: true);

        Assert.False(started.Started);
        Assert.Contains("fingerprint other instead of data", started.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ImageAlteredInTheReplayGrain_ChangesWhatTheReplicaBecomes()
    {
        var expected = await UninterruptedAsync();
        var grains = new FakeGrains();
        // The alteration must not race with the exchange of round 1.
        var exchanged = new SemaphoreSlim(0);
        grains.Replay.AfterExchange = () =>
        {
            exchanged.Release();
            return Task.CompletedTask;
        };
        var waiting = new FakeFactory(replica => replica.AfterStep = done =>
        {
            if (done.Step == 7)
            {
                Assert.True(exchanged.Wait(RunHarness.Deadline), "The exchange of round 1 did not end.");
                grains.Replay.AlterOldest();
            }
        });

        await new RunHarness(Stopping, new MemoryStore(), grains).RunAsync(waiting);

        Assert.Equal(60, waiting.Last.Step);
        Assert.NotEqual(expected, waiting.Last.Hash);
    }

    internal static async Task<ulong> UninterruptedAsync()
    {
        var factory = new FakeFactory();
        await new RunHarness(Stopping, new MemoryStore(), new FakeGrains()).RunAsync(factory);
        Assert.Equal(60, factory.Last.Step);
        return factory.Last.Hash;
    }

    /// <summary>From the given step on nothing that the process does has any effect, as if it had been killed there.</summary>
    private static async Task KillAsync(MemoryStore store, FakeGrains grains, int step)
    {
        // A snapshot that is due by then is given the time to be committed, so that each case starts where it should.
        var due = (step - 1) / 7 * 7;
        var harness = new RunHarness(Stopping, store, grains);
        await harness.RunAsync(new FakeFactory(replica => replica.AfterStep = done =>
        {
            if (done.Step == step)
            {
                var name = $"{RunHarness.Prefix}snapshots/r0/step-{due:D8}-e1/manifest.json";
                Assert.True(SpinWait.SpinUntil(() => store.GetAsync(name, CancellationToken.None).Result is not null, RunHarness.Deadline), $"{name} did not appear.");
                store.BeforeWrite = static _ => throw new IOException("killed");
                throw new IOException("killed");
            }
        }));
        store.BeforeWrite = static _ => { };
        var found = await SnapshotReader.FindNewestAsync(store, RunHarness.Prefix, 0, _ => { }, CancellationToken.None);
        Assert.Equal(due, found!.Manifest.Step);
    }
}
