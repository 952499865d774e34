using System.Text;
using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Training;
using DistGan.Training.Links;
using DistGan.Worker.Links;
using DistGan.Hosting.Runs;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;
using DistGan.Worker.Tests.Running;

namespace DistGan.Worker.Tests.Cluster;

/// <summary>Two replicas on one silo, through the real grains.</summary>
public sealed class TwoReplicasTests : IDisposable
{
    private static readonly Recipe Pair = RealReplicaTests.Ring with
    {
        Name = "ring",
        Budget = new BudgetRecipe { Steps = 60 },
        Topology = RealReplicaTests.Ring.Topology with { Replicas = 2 },
    };

    private static readonly Recipe Averaged = Pair with { Topology = Pair.Topology with { Kind = "averaging", DeadlineSeconds = 20 } };

    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Submit_Independent_BothFinishAndReplayEachOther()
    {
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2);

        await run.SubmitAsync(Pair);
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal([(0, ReplicaOutcome.Completed, 60L), (1, ReplicaOutcome.Completed, 60L)], end.Replicas.Select(replica => (replica.Replica, replica.Outcome!.Value, replica.Step)));
        Assert.NotNull(end.BestReplica);
        for (var replica = 0; replica < 2; replica++)
        {
            var shares = await ValuesAsync(run, replica, MetricNames.ReplayOthersShare);
            Assert.True(shares.Max() > 0, $"Replica {replica} replayed nothing of the other: {string.Join(", ", shares)}");
            Assert.All(shares, share => Assert.InRange(share, 0, 1));
            Assert.NotNull(await run.Store.GetAsync(RunFiles.Samples(replica, 60), CancellationToken.None));
        }

        var merged = MetricsReader.Effective((await run.Store.GetAsync(RunFiles.MergedMetrics, CancellationToken.None))!.Content.Span.ToArray());
        Assert.NotEmpty(merged);
        Assert.NotEqual(await HashAsync(run, 0, "generator.safetensors"), await HashAsync(run, 1, "generator.safetensors"));
        Assert.True((await NewestAsync(run, 0)).Manifest.Files.ContainsKey("replay"));
        Assert.True((await NewestAsync(run, 1)).Manifest.Files.ContainsKey("replay"));
    }

    [Fact]
    public async Task Submit_OneShard_IsInTheSnapshotsOfTheFirstAlone()
    {
        var replay = Pair.Techniques.ExperienceReplay! with { Shards = 1 };
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2);

        await run.SubmitAsync(Pair with { Techniques = Pair.Techniques with { ExperienceReplay = replay } });
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.True((await NewestAsync(run, 0)).Manifest.Files.ContainsKey("replay"));
        Assert.False((await NewestAsync(run, 1)).Manifest.Files.ContainsKey("replay"));
        Assert.True((await ValuesAsync(run, 1, MetricNames.ReplayOthersShare)).Max() > 0);
        Assert.Empty(await ValuesAsync(run, 1, MetricNames.ReplayShardsMissed));
        Assert.NotNull(await run.Grains.GetGrain<IReplayBufferGrain>("ring/0").CaptureAsync());
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("elastic")]
    [InlineData("nesterov")]
    public async Task Submit_Averaging_MergesBothInEachRound(string merge)
    {
        var recipe = Averaged with { Topology = Averaged.Topology with { Merge = merge } };
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2);

        await run.SubmitAsync(recipe);
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.All(end.Replicas, static replica => Assert.Equal(ReplicaOutcome.Completed, replica.Outcome));
        for (var replica = 0; replica < 2; replica++)
        {
            var (members, staleness) = (await ValuesAsync(run, replica, MetricNames.MergeMembers), await ValuesAsync(run, replica, MetricNames.MergeStalenessSteps));
            Assert.Equal(Enumerable.Repeat(2.0, 11).Prepend(0), members);
            Assert.Equal(Enumerable.Repeat(5.0, 12), staleness);
        }

        Assert.True((await NewestAsync(run, 0)).Manifest.Files.ContainsKey("merges.safetensors"));
        Assert.False((await NewestAsync(run, 1)).Manifest.Files.ContainsKey("merges.safetensors"));

        // One lineage: the average over both replicas' updates (12 rounds of 5 steps, two updates of D in each).
        var average = await run.Grains.GetGrain<IParameterGrain>(ParameterLink.KeyOf("ring", Player.Discriminator, 0)).CaptureAsync();
        Assert.Equal(2 * 12 * 5 * 2, average.Count);
    }

    [Fact]
    public async Task Submit_AveragingAndNothingTrainedSinceTheContribution_ReplicasAreEqual()
    {
        // Both contribute at step 55 and move by the outcome at step 60; in between their rates are 0.
        var still = new HookedFactory(static (_, replica) => replica.ScaleRates(replica.Step == 55 ? 0 : 1));
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2, still);

        await run.SubmitAsync(Averaged);
        Assert.Equal(JobState.Completed, (await run.EndAsync()).State);

        foreach (var player in new[] { "generator", "discriminator" })
        {
            Assert.Equal(await WeightsAsync(run, 0, player), await WeightsAsync(run, 1, player));
        }
    }

    [Fact]
    public async Task Submit_OneReplicaThrowsForGood_TheOtherTrainsToTheEnd()
    {
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2, new HookedFactory(static (ordinal, replica) => ThrowIf(ordinal == 0 && replica.Step == 17)));

        await run.SubmitAsync(Averaged with { OnDivergence = "stop", Topology = Averaged.Topology with { DeadlineSeconds = 0.2 } });
        var end = await run.EndAsync();

        Assert.Equal(JobState.Completed, end.State);
        Assert.Equal([ReplicaOutcome.Failed, ReplicaOutcome.Completed], end.Replicas.Select(replica => replica.Outcome!.Value));
        Assert.Contains("thrown by the test", end.Replicas[0].Failure, StringComparison.Ordinal);
        Assert.Equal(60, end.Replicas[1].Step);
    }

    [Fact]
    public async Task Submit_OneReplicaRollsBack_TakesTheMergeAndTheSharedReplayStays()
    {
        var times = 0;
        var factory = new HookedFactory((ordinal, replica) => ThrowIf(ordinal == 1 && replica.Step == 33 && times++ == 0));
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2, factory);

        await run.SubmitAsync(Averaged with { OnDivergence = "rollback" });
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal([60L, 60L], end.Replicas.Select(replica => replica.Step));
        Assert.Equal(1, factory.Joined);
        Assert.Contains(EventKinds.RolledBack, Encoding.UTF8.GetString((await run.Store.GetAsync(RunFiles.Events, CancellationToken.None))!.Content.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("independent")]
    [InlineData("averaging")]
    public async Task Submit_InterruptedAndResumed_EachGoesOnFromItsOwnSnapshot(string kind)
    {
        var endless = Averaged with { Budget = new BudgetRecipe { Steps = 1_000_000 }, Topology = Averaged.Topology with { Kind = kind } };
        await InterruptAsync(endless);
        Assert.Equal("0; 1", await ProvenanceAsync());

        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2);
        var steps = new[] { (await NewestAsync(run, 0)).Manifest.Step, (await NewestAsync(run, 1)).Manifest.Step };
        await run.SubmitAsync(endless with { Budget = new BudgetRecipe { Steps = steps.Max() + 20 } }, resume: true);
        var resumed = new Dictionary<int, long>();
        var end = await run.WatchAsync("the end", progress =>
        {
            progress.Events.Where(static entry => entry.Kind == EventKinds.Resumed).ToList().ForEach(entry => resumed[entry.Replica!.Value] = (long)entry.Data["step"]);
            return progress.State is JobState.Completed or JobState.Failed;
        });

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal((steps[0], steps[1]), (resumed[0], resumed[1]));
        Assert.All(end.Replicas, replica => Assert.Equal(steps.Max() + 20, replica.Step));
        for (var replica = 0; replica < 2; replica++)
        {
            var after = (await LinesAsync(run, replica)).Where(line => line.GetProperty("epoch").GetInt64() == 2).ToList();
            Assert.True(after[0].GetProperty(MetricNames.ReplayFill).GetDouble() > 0, $"The history of replica {replica} came back empty.");
        }
    }

    /// <summary>One buffer of all replicas in the snapshots of the first: what is left of a job that was scaled up, and what earlier versions have written.</summary>
    [Fact]
    public async Task Submit_ResumedFromSnapshotsOfOneBuffer_TheFirstShardHasIt()
    {
        var endless = Pair with { Budget = new BudgetRecipe { Steps = 1_000_000 } };
        await using (var first = await EmbeddedRun.StartAsync(_folder, slots: 2))
        {
            await first.SubmitAsync(endless with { Topology = endless.Topology with { Replicas = 1 } });
            await first.ScaleAsync(2);
            await first.WatchAsync("step 20 of both", ReachedBoth(static report => report.Step >= 20));
            await first.InterruptAsync();
            Assert.Equal(JobState.Interrupted, (await first.EndAsync()).State);
        }

        Assert.Equal("0 1; -", await ProvenanceAsync());

        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2);
        await run.SubmitAsync(endless with { Budget = new BudgetRecipe { Steps = 1_000_000 } }, resume: true);
        await run.WatchAsync("a round of both", ReachedBoth(static report => report.Values.GetValueOrDefault(MetricNames.ReplayShardsMissed, 1) == 0));
        await run.InterruptAsync();

        Assert.Equal(JobState.Interrupted, (await run.EndAsync()).State);
        Assert.Equal("0 1; 1", await ProvenanceAsync());
    }

    [Fact]
    public async Task Submit_ResumedWithOneMore_TheNewReplicaStartsFromTheMerge()
    {
        var recipe = Averaged with { Topology = Averaged.Topology with { DeadlineSeconds = 1 } };
        await using (var first = await EmbeddedRun.StartAsync(_folder, slots: 2))
        {
            await first.SubmitAsync(recipe);
            Assert.Equal(JobState.Completed, (await first.EndAsync()).State);
        }

        var factory = new HookedFactory(static (_, _) => { });
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3, factory);
        await run.SubmitAsync(recipe with { Budget = new BudgetRecipe { Steps = 80 }, Topology = recipe.Topology with { Replicas = 3 } }, resume: true);
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal([80L, 80L, 80L], end.Replicas.Select(static replica => replica.Step));
        Assert.Equal(1, factory.Joined);
    }

    /// <summary>Runs a job until both replicas are at step 20, and interrupts it.</summary>
    private async Task InterruptAsync(Recipe endless)
    {
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 2);
        await run.SubmitAsync(endless);
        await run.WatchAsync("step 20 of both", ReachedBoth(static report => report.Step >= 20));
        await run.InterruptAsync();
        var interrupted = await run.EndAsync();
        Assert.Equal(JobState.Interrupted, interrupted.State);
        Assert.All(interrupted.Replicas, static replica => Assert.Equal(ReplicaOutcome.Interrupted, replica.Outcome));
    }

    /// <summary>Whether each of two replicas has made a report of a kind.</summary>
    private static Func<JobProgress, bool> ReachedBoth(Func<ReplicaProgress, bool> isOne)
    {
        var seen = new HashSet<int>();
        return progress =>
        {
            seen.UnionWith(progress.Reports.Where(isOne).Select(static report => report.Replica));
            return seen.Count == 2;
        };
    }

    /// <summary>Whose images the newest snapshots of both replicas hold.</summary>
    private async Task<string> ProvenanceAsync() => $"{await ProvenanceAsync(0)}; {await ProvenanceAsync(1)}";

    private async Task<string> ProvenanceAsync(int replica)
    {
        var store = new DirectoryObjectStore(_folder);
        var snapshot = (await SnapshotReader.FindNewestAsync(store, "", replica, Assert.Fail, CancellationToken.None))!;
        if (!snapshot.Manifest.Files.ContainsKey("replay"))
        {
            return "-";
        }

        await using var content = await StoredReplayContent.OpenAsync(store, $"{snapshot.Folder}replay", CancellationToken.None);
        var replicas = new SortedSet<int>();
        await foreach (var chunk in content.ReadAsync(CancellationToken.None))
        {
            replicas.UnionWith(chunk.Groups.Select(static group => group.Replica));
        }

        return string.Join(' ', replicas);
    }

    private static void ThrowIf(bool due)
    {
        if (due)
        {
            throw new InvalidOperationException("thrown by the test");
        }
    }

    /// <summary>θ of a player in the newest snapshot, as hexadecimal text by name; running statistics go on with each batch.</summary>
    private static async Task<SortedDictionary<string, string>> WeightsAsync(EmbeddedRun run, int replica, string player)
    {
        var state = await SnapshotReader.ReadReplicaAsync(run.Store, await NewestAsync(run, replica), CancellationToken.None);
        return new(state.Files[player]
            .Where(static array => !array.Name.Contains("running_", StringComparison.Ordinal))
            .ToDictionary(static array => array.Name, static array => Convert.ToHexString(array.Bytes.Span)));
    }

    private static async Task<StoredSnapshot> NewestAsync(EmbeddedRun run, int replica)
        => (await SnapshotReader.FindNewestAsync(run.Store, "", replica, Assert.Fail, CancellationToken.None))!;

    private static async Task<string> HashAsync(EmbeddedRun run, int replica, string file) => (await NewestAsync(run, replica)).Manifest.Files[file].Sha256;

    private static async Task<IReadOnlyList<JsonElement>> LinesAsync(EmbeddedRun run, int replica)
        => [.. MetricsReader.Effective((await run.Store.GetAsync(RunFiles.Metrics(replica), CancellationToken.None))!.Content.Span)
            .Where(static line => line.TryGetProperty(MetricNames.DiscriminatorLoss, out _))];

    private static async Task<double[]> ValuesAsync(EmbeddedRun run, int replica, string metric)
        => [.. (await LinesAsync(run, replica)).Where(line => line.TryGetProperty(metric, out _)).Select(line => line.GetProperty(metric).GetDouble())];
}
