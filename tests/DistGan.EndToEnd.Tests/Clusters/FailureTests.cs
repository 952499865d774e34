using System.Globalization;
using System.Text.RegularExpressions;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.TestSupport;

namespace DistGan.EndToEnd.Tests.Clusters;

/// <summary>Machines that die and networks that are cut, while a job trains.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed partial class FailureTests : IDisposable
{
    private static readonly TimeSpan MovesWithin = TimeSpan.FromSeconds(45);
    private static readonly string[] Changes = ["--set", "snapshots.every-steps=100", "--set", "evaluation=false", "--set", "samples.every-steps=10000000"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_OfWorkersOneAfterTheOther_MovesTheirReplicasAndNoOther()
    {
        using var cluster = await ClusterProcesses.StartAsync(_folder);
        var workers = new List<DistGanProcess>();
        for (var number = 0; number < 4; number++)
        {
            workers.Add(await cluster.StartWorkerAsync());
        }

        await cluster.MustAsync(["submit", "--detach", TinyRecipes.Ring(_folder, "budget: { steps: 10000000, minutes: 1.5 }"), "--replicas", "3", .. Changes]);
        using var waiting = cluster.Start("wait", "tiny-ring");
        for (var replica = 0; replica < 3; replica++)
        {
            await waiting.UntilAsync($"snapshot: r{replica} Snapshot of step 100.");
        }

        var killed = new Dictionary<int, DateTimeOffset>();
        foreach (var replica in (int[])[1, 0])
        {
            var victim = workers.Find(worker => !worker.HasExited && ReplicaOf(worker) == replica);
            Assert.True(victim is not null, $"No worker trains replica {replica}: {string.Join("\n---\n", workers.Select(static worker => worker.Error))}\n{waiting.Error}");
            killed[replica] = TimeProvider.System.GetUtcNow();
            victim.Signal(DistGanProcess.Kill);
            await waiting.UntilAsync($"resumed: r{replica} ");
            workers.Add(await cluster.StartWorkerAsync());
        }

        var waited = await waiting.EndAsync();
        Assert.True(waited.ExitCode == 0, waited.ToString());
        var run = cluster.JobFolder("tiny-ring");
        RunChecks.AssertWhole(run);
        RunChecks.AssertDrawsFromAll(run, replicas: 3);
        foreach (var replica in Enumerable.Range(0, 3))
        {
            var resumed = RunChecks.Times(run, "resumed", replica);
            Assert.Equal(killed.ContainsKey(replica) ? 1 : 0, resumed.Count);
            Assert.All(resumed, time => Assert.InRange(time - killed[replica], TimeSpan.Zero, MovesWithin));
        }
    }

    [Fact]
    public async Task Kill_OfTheSiloThatLooksAfterTheJob_DisturbsNoReplica()
    {
        const string LooksAfter = "Job tiny-ring is looked after here";
        await using var redis = await RedisServer.StartAsync();
        using var cluster = ClusterProcesses.OnRedis(_folder, redis);
        DistGanProcess[] silos = [await cluster.StartSiloAsync(), await cluster.StartSiloAsync()];
        await cluster.StartWorkerAsync();
        await cluster.StartWorkerAsync();
        await cluster.MustAsync(["submit", "--detach", TinyRecipes.Ring(_folder, "budget: { steps: 10000000, minutes: 1 }"), "--replicas", "2", .. Changes]);
        using var waiting = cluster.Start("wait", "tiny-ring");
        await waiting.UntilAsync("Snapshot of step 100.");

        var victim = Assert.Single(silos, static silo => silo.Error.Contains(LooksAfter, StringComparison.Ordinal));
        victim.Signal(DistGanProcess.Kill);
        var other = silos.Single(silo => silo != victim);
        await other.UntilAsync(LooksAfter);
        var waited = await waiting.EndAsync();

        Assert.True(waited.ExitCode == 0, waited.ToString());
        var run = cluster.JobFolder("tiny-ring");
        RunChecks.AssertWhole(run);
        Assert.DoesNotContain(RunEvents.Read(run), static entry => (string?)entry["kind"] is "resumed" or "replica-lost" or "rolled-back");
        Assert.Equal(2, RunEvents.Read(run).Count(static entry => (string?)entry["kind"] == "started"));
    }

    [Fact]
    public async Task Cut_OfAWorkerThatTrains_AnotherGoesOnAndItIsRefused()
    {
        using var island = Island.Create();
        await using var redis = await RedisServer.StartAsync(island.Lighthouse);
        using var cluster = ClusterProcesses.OnRedis(_folder, redis, island.Shore);
        await cluster.StartSiloAsync("DistGan:Placement:Patience=00:00:08", "DistGan:Placement:CheckEvery=00:00:01");
        var lonely = await cluster.StartWorkerAsync(island);
        await cluster.MustAsync(["submit", "--detach", TinyRecipes.Ring(_folder, "budget: { steps: 10000000 }"), .. Changes]);
        using var waiting = cluster.Start("wait", "tiny-ring");
        await waiting.UntilAsync("Snapshot of step 100.");
        await cluster.StartWorkerAsync();

        // The list of members stays out of its reach, so that it never learns that it was voted out: it asks as if nothing had been.
        var cut = TimeProvider.System.GetUtcNow();
        island.Cut();
        island.LoseLighthouse();
        await waiting.UntilAsync("resumed: r0 ");
        island.Mend();
        await waiting.UntilAsync("owner-refused: r0 ");
        await lonely.UntilAsync("has a newer owner than epoch 1");
        await cluster.MustAsync("stop", "tiny-ring");
        var waited = await waiting.EndAsync();

        Assert.True(waited.ExitCode == 130, waited.ToString());
        Assert.False(lonely.HasExited, lonely.Error);
        var run = cluster.JobFolder("tiny-ring");
        RunChecks.AssertWhole(run);
        Assert.InRange(Assert.Single(RunChecks.Times(run, "resumed", 0)) - cut, TimeSpan.Zero, MovesWithin);
        var goneOn = Assert.Single(RunEvents.ResumedFrom(run));
        Assert.All(Committed(run, "*-e1"), snapshot => Assert.True(StepOf(snapshot) <= goneOn, $"{snapshot} is newer than step {goneOn}."));
        Assert.Contains(Committed(run, "*"), snapshot => StepOf(snapshot) > goneOn);
    }

    [Fact]
    public async Task Cut_OfAWorkerThatIsVotedOut_EndsItWithASentenceAndAnotherGoesOn()
    {
        using var island = Island.Create();
        await using var redis = await RedisServer.StartAsync(island.Shore);
        using var cluster = ClusterProcesses.OnRedis(_folder, redis, island.Shore);

        // Its lease does not end by itself: where its replica goes on elsewhere, the cluster has voted it out.
        cluster.Further = ["DistGan:Membership:ProbeTimeout=00:00:04"];
        await cluster.StartSiloAsync("DistGan:Placement:Patience=01:00:00", "DistGan:Placement:CheckEvery=00:00:01");
        var lonely = await cluster.StartWorkerAsync(island);
        await cluster.MustAsync(["submit", "--detach", TinyRecipes.Ring(_folder, "budget: { steps: 10000000 }"), .. Changes]);
        using var waiting = cluster.Start("wait", "tiny-ring");
        await waiting.UntilAsync("Snapshot of step 100.");
        await cluster.StartWorkerAsync();

        island.Cut();
        await waiting.UntilAsync("resumed: r0 ");
        island.Mend();
        var ended = await lonely.EndAsync();
        await cluster.MustAsync("stop", "tiny-ring");
        var waited = await waiting.EndAsync();

        Assert.True(ended.ExitCode == 1, ended.ToString());
        Assert.Contains(" crit: DistGan: The cluster has declared this worker gone, because the other hosts could not reach it: it ends now, ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.All(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => Assert.Matches(EntryOfTheLog(), line));
        Assert.True(waited.ExitCode == 130, waited.ToString());
        var run = cluster.JobFolder("tiny-ring");
        RunChecks.AssertWhole(run);
        var goneOn = Assert.Single(RunEvents.ResumedFrom(run));
        Assert.Contains(Committed(run, "*"), snapshot => StepOf(snapshot) > goneOn);
    }

    private static IEnumerable<string> Committed(string run, string pattern)
        => Directory.GetDirectories(Path.Combine(run, "snapshots/r0"), pattern).Where(static snapshot => File.Exists(Path.Combine(snapshot, "manifest.json")));

    // step-00000060-e1
    private static long StepOf(string snapshot) => long.Parse(Path.GetFileName(snapshot)[5..13], CultureInfo.InvariantCulture);

    /// <summary>The replica that a worker trains, by its log; null where none is left.</summary>
    private static int? ReplicaOf(DistGanProcess worker)
        => Trains().Matches(worker.Error).LastOrDefault() is { } last && !worker.Error.Contains($"replica tiny-ring/{last.Groups["replica"].Value} (epoch {last.Groups["epoch"].Value}) has ended", StringComparison.Ordinal)
            ? int.Parse(last.Groups["replica"].Value, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (info|warn|fail|crit): ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EntryOfTheLog();

    [GeneratedRegex(@"Replica tiny-ring/(?<replica>\d+) \(epoch (?<epoch>\d+)\) trains on slot 0", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Trains();
}
