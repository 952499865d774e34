using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Hosting.Runs;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;
using DistGan.Worker.Tests.Running;

namespace DistGan.Worker.Tests.Cluster;

/// <summary>Three replicas on one silo that gossip, through the real grains.</summary>
public sealed class GossipTests : IDisposable
{
    private static readonly Recipe Gossip = RealReplicaTests.Ring with
    {
        Name = "ring",
        Budget = new BudgetRecipe { Steps = 60 },
        Topology = RealReplicaTests.Ring.Topology with { Kind = "gossip", Replicas = 3 },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Submit_Three_EachMovesTowardsOthersAndTheyStayTogether()
    {
        var (together, apart) = (await SpreadAsync(Gossip, "gossip"), await SpreadAsync(Gossip with { Topology = Gossip.Topology with { Share = 1e-9 } }, "apart"));

        Assert.True(together < apart / 2, $"With gossip the generators are {together} apart, without {apart}.");
    }

    [Fact]
    public async Task Submit_OneThrowsForGood_TheOthersTrainToTheEndWithoutIt()
    {
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3, new HookedFactory(static (ordinal, replica) => ThrowIf(ordinal == 1 && replica.Step == 12)));

        await run.SubmitAsync(Gossip with { OnDivergence = "stop" });
        var end = await run.EndAsync();

        Assert.Equal(JobState.Completed, end.State);
        Assert.Equal([ReplicaOutcome.Completed, ReplicaOutcome.Failed, ReplicaOutcome.Completed], end.Replicas.Select(static replica => replica.Outcome!.Value));
        Assert.Equal(60, end.Replicas[2].Step);
    }

    [Fact]
    public async Task Submit_OneRollsBack_BeginsFromThePartnerThatIsFurthest()
    {
        var times = 0;
        using var another = new ManualResetEventSlim();
        var factory = new HookedFactory((ordinal, replica) =>
        {
            if (ordinal == 0 && replica.Step == 10)
            {
                // It has the answer to its first offer, so there is one to begin from.
                another.Set();
            }

            ThrowIf(ordinal == 1 && replica.Step == 33 && times++ == 0 && another.Wait(EmbeddedRun.Deadline));
        });
        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 3, factory);

        await run.SubmitAsync(Gossip with { OnDivergence = "rollback" });
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal([60L, 60L, 60L], end.Replicas.Select(static replica => replica.Step));
        Assert.Equal(1, factory.Joined);
    }

    [Fact]
    public async Task Submit_ResumedWithTwoMore_TheyGoWithTheOthers()
    {
        await using (var first = await EmbeddedRun.StartAsync(_folder, slots: 3))
        {
            await first.SubmitAsync(Gossip);
            Assert.Equal(JobState.Completed, (await first.EndAsync()).State);
        }

        await using var run = await EmbeddedRun.StartAsync(_folder, slots: 5);
        await run.SubmitAsync(Gossip with { Budget = new BudgetRecipe { Steps = 100 }, Topology = Gossip.Topology with { Replicas = 5 } }, resume: true);
        var end = await run.EndAsync();

        Assert.True(end.State == JobState.Completed, end.Failure);
        Assert.Equal(Enumerable.Repeat(100L, 5), end.Replicas.Select(static replica => replica.Step));
        Assert.Contains(2, await ValuesAsync(run, 4, MetricNames.MergeMembers));
    }

    /// <summary>
    /// Trains to the end, side by side round for round, and returns how far the generators are apart: the mean over numbers of the largest difference between replicas.
    /// </summary>
    private async Task<double> SpreadAsync(Recipe recipe, string name)
    {
        using var rounds = new Barrier(3);
        var factory = new HookedFactory((_, replica) => ThrowIf(replica.Step % recipe.Topology.RoundSteps == 0 && !rounds.SignalAndWait(EmbeddedRun.Deadline)));
        await using var run = await EmbeddedRun.StartAsync(Path.Combine(_folder, name), slots: 3, factory);
        await run.SubmitAsync(recipe);
        var end = await run.EndAsync();
        Assert.True(end.State == JobState.Completed, end.Failure);
        var all = new List<float[]>();
        for (var replica = 0; replica < 3; replica++)
        {
            Assert.Contains(2, await ValuesAsync(run, replica, MetricNames.MergeMembers));
            Assert.All(await ValuesAsync(run, replica, MetricNames.MergeStalenessSteps), static steps => Assert.True(steps >= 5, $"A move of {steps} steps ago."));
            all.Add(await GeneratorAsync(run, replica));
        }

        return Enumerable.Range(0, all[0].Length).Average(index => all.Max(values => values[index]) - all.Min(values => values[index]));
    }

    private static async Task<float[]> GeneratorAsync(EmbeddedRun run, int replica)
    {
        var newest = (await SnapshotReader.FindNewestAsync(run.Store, "", replica, Assert.Fail, CancellationToken.None))!;
        var state = await SnapshotReader.ReadReplicaAsync(run.Store, newest, CancellationToken.None);
        return [.. state.Files["generator"].Where(static array => !array.Name.Contains("running_", StringComparison.Ordinal)).SelectMany(static array => HostArrays.ReadFloat32(array))];
    }

    private static async Task<double[]> ValuesAsync(EmbeddedRun run, int replica, string metric)
        => [.. MetricsReader.Effective((await run.Store.GetAsync(RunFiles.Metrics(replica), CancellationToken.None))!.Content.Span)
            .Where(line => line.TryGetProperty(metric, out _)).Select(line => line.GetProperty(metric).GetDouble())];

    private static void ThrowIf(bool due)
    {
        if (due)
        {
            throw new InvalidOperationException("thrown by the test");
        }
    }
}
