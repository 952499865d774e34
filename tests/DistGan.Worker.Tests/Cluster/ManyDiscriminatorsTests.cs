using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Hosting.Runs;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;
using DistGan.Worker.Tests.Running;
using Orleans.Core.Internal;

namespace DistGan.Worker.Tests.Cluster;

/// <summary>One generator and three discriminators on one silo, through the real grains.</summary>
public sealed class ManyDiscriminatorsTests : IDisposable
{
    private const int Steps = 60;

    /// <summary>Parts of 33,333 points in batches of 1,024, two a step: a swap each 16 steps.</summary>
    private static readonly Recipe Three = RealReplicaTests.Ring with
    {
        Name = "ring",
        Batch = 1024,
        Techniques = RealReplicaTests.Ring.Techniques with { HistoricalAveraging = null },
        Budget = new BudgetRecipe { Steps = Steps },
        Topology = RealReplicaTests.Ring.Topology with { Kind = TopologyRecipe.MultiDiscriminator, Replicas = 3, DataSplit = TopologyRecipe.Own, DeadlineSeconds = 20 },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Submit_ThreeReplicas_AllAnswerSwapAndEndWithTheGenerator()
    {
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3);

        await run.SubmitAsync(Three);
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.All(end.Replicas, static replica => Assert.Equal((ReplicaOutcome.Completed, Steps), (replica.Outcome!.Value, (int)replica.Step)));
        Assert.Equal(0, end.BestReplica);
        Assert.All(await ValuesAsync(run, 0, MetricNames.FeedbackMembers), static members => Assert.Equal(3, members));
        for (var replica = 0; replica < 3; replica++)
        {
            Assert.True((await ValuesAsync(run, replica, MetricNames.DiscriminatorSwaps))[^1] > 0, $"No discriminator has come to replica {replica}.");
            var files = (await NewestAsync(run, replica)).Manifest.Files.Keys;
            Assert.Equal(replica == 0, files.Contains("generator.safetensors"));
            Assert.Contains("discriminator.safetensors", files);
            Assert.Equal(replica == 0, await run.Store.GetAsync(RunFiles.Samples(replica, Steps), CancellationToken.None) is not null);
        }
    }

    [Fact]
    public async Task Submit_ADiscriminatorFailsForGood_TheGeneratorTrainsOnWithTheOthers()
    {
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3, new HookedFactory(static (ordinal, replica) => ThrowIf(ordinal == 1 && replica.Step == 17)));

        await run.SubmitAsync(Three with { OnDivergence = "stop", Topology = Three.Topology with { DeadlineSeconds = 5 } });
        var end = await run.EndAsync();

        Assert.Equal(JobState.Completed, end.State);
        Assert.Equal([ReplicaOutcome.Completed, ReplicaOutcome.Failed, ReplicaOutcome.Completed], end.Replicas.Select(static replica => replica.Outcome!.Value));
        Assert.Equal(Steps, end.Replicas[0].Step);
        var members = await ValuesAsync(run, 0, MetricNames.FeedbackMembers);
        Assert.All(members[^6..], static number => Assert.InRange(number, 1, 2));
        Assert.Contains(2.0, members[^6..]);
    }

    [Fact]
    public async Task Submit_TheGeneratorFailsForGood_TheOthersEndAndTheJobHasFailed()
    {
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3, new HookedFactory(static (ordinal, replica) => ThrowIf(ordinal == 0 && replica.Step == 17)));

        await run.SubmitAsync(Three with { OnDivergence = "stop" });
        var end = await run.EndAsync();

        Assert.Equal(JobState.Failed, end.State);
        Assert.Contains("thrown by the test", end.Failure, StringComparison.Ordinal);
        Assert.All(end.Replicas.Skip(1), static replica => Assert.Equal((ReplicaOutcome.Completed, 17L), (replica.Outcome!.Value, replica.Step)));
        Assert.Equal(17, (await NewestAsync(run, 2)).Manifest.Step);
    }

    [Fact]
    public async Task Submit_TheGeneratorRollsBack_ItsVersionsComeAgainAndAllAnswer()
    {
        var times = 0;
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3, new HookedFactory((ordinal, replica) => ThrowIf(ordinal == 0 && replica.Step == 33 && times++ == 0)));

        await run.SubmitAsync(Three with { OnDivergence = "rollback" });
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal(Steps, end.Replicas[0].Step);

        // From 33 back to the snapshot of step 28.
        Assert.All(end.Replicas.Skip(1), static replica => Assert.Equal(Steps + 33 - 28, replica.Step));
        Assert.Equal(3, (await ValuesAsync(run, 0, MetricNames.FeedbackMembers))[^1]);
    }

    [Fact]
    public async Task Submit_InterruptedAndResumed_EachGoesOnFromItsOwnSnapshot()
    {
        var endless = Three with { Budget = new BudgetRecipe { Steps = 1_000_000 } };
        await using (var first = await EmbeddedRun.StartAsync(_folder, slots: 3))
        {
            await first.SubmitAsync(endless);
            await first.WatchAsync("step 20", static progress => progress.Reports.Any(static report => report is { Replica: 0, Step: >= 20 }));
            await first.InterruptAsync();
            var interrupted = await first.EndAsync();
            Assert.Equal(JobState.Interrupted, interrupted.State);
            Assert.All(interrupted.Replicas, static replica => Assert.Equal(ReplicaOutcome.Interrupted, replica.Outcome));
        }

        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3);
        var steps = await Task.WhenAll(Enumerable.Range(0, 3).Select(async replica => (await NewestAsync(run, replica)).Manifest.Step));
        await run.SubmitAsync(endless with { Budget = new BudgetRecipe { Steps = steps[0] + 20 } }, resume: true);
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal(steps[0] + 20, end.Replicas[0].Step);
        Assert.All(end.Replicas.Skip(1), replica => Assert.Equal(steps[replica.Replica] + 20, replica.Step));
    }

    [Fact]
    public async Task Submit_TheMeetingLosesItsState_AllMeetAgain()
    {
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3);
        await run.SubmitAsync(Three with { Budget = new BudgetRecipe { Steps = 1_000_000 } });
        await run.WatchAsync("step 20", static progress => progress.Reports.Any(static report => report is { Replica: 0, Step: >= 20 }));

        await run.Grains.GetGrain<IMeetingGrain>(EmbeddedRun.Job.Value).Cast<IGrainManagementExtension>().DeactivateOnIdle();

        var lost = (await run.WatchAsync("a report", static progress => progress.Reports.Count > 0)).Steps;
        await run.WatchAsync("a round of all", progress => progress.Reports.Any(report => report.Replica == 0 && report.Step > lost + 5 && report.Values.GetValueOrDefault(MetricNames.FeedbackMembers).Equals(3)));
        await run.InterruptAsync();
        Assert.Equal(JobState.Interrupted, (await run.EndAsync()).State);
    }

    private static void ThrowIf(bool due)
    {
        if (due)
        {
            throw new InvalidOperationException("thrown by the test");
        }
    }

    private static async Task<StoredSnapshot> NewestAsync(EmbeddedRun run, int replica)
        => (await SnapshotReader.FindNewestAsync(run.Store, "", replica, Assert.Fail, CancellationToken.None))!;

    private static async Task<double[]> ValuesAsync(EmbeddedRun run, int replica, string metric)
        => [.. MetricsReader.Effective((await run.Store.GetAsync(RunFiles.Metrics(replica), CancellationToken.None))!.Content.Span)
            .Where(line => line.TryGetProperty(metric, out _))
            .Select(line => line.GetProperty(metric).GetDouble())];
}
