using System.Text;
using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Worker.Metrics;
using DistGan.Worker.Snapshots;
using DistGan.Worker.Tests.Fakes;
using DistGan.Worker.Tests.Running;

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

    private static async Task<StoredSnapshot> NewestAsync(EmbeddedRun run, int replica)
        => (await SnapshotReader.FindNewestAsync(run.Store, "", replica, Assert.Fail, CancellationToken.None))!;

    private static async Task<double[]> ValuesAsync(EmbeddedRun run, int replica, string metric)
        => [.. MetricsReader.Effective((await run.Store.GetAsync(RunFiles.Metrics(replica), CancellationToken.None))!.Content.Span)
            .Where(line => line.TryGetProperty(metric, out _))
            .Select(line => line.GetProperty(metric).GetDouble())];
}
