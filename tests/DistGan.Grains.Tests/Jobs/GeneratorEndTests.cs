using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>Jobs in which replica 0 has the one generator.</summary>
public sealed class GeneratorEndTests : IAsyncLifetime
{
    private static readonly Recipe Recipe = new() { Topology = new TopologyRecipe { Kind = TopologyRecipe.MultiDiscriminator, Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync() => _plane = await ControlPlane.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(ReplicaOutcome.Completed, JobState.Completed)]
    [InlineData(ReplicaOutcome.Failed, JobState.Failed)]
    public async Task Ended_TheGeneratorsReplica_EndsTheWorkOfTheOthersAndTheJob(ReplicaOutcome outcome, JobState expected)
    {
        var assignments = await StartAsync(slots: 2);
        var waiting = _plane.Grains.GetGrain<IMeetingGrain>(ControlPlane.Job.Value).NextAsync(1, new VersionId(assignments[1].Start, 0, 0, 0), TimeSpan.FromSeconds(20));

        await _plane.EndAsync(assignments[0], outcome, 60, outcome == ReplicaOutcome.Failed ? "The device is gone." : null);

        Assert.True((await waiting.WaitAsync(ControlPlane.Deadline)).IsOver);
        Assert.Equal(JobState.Running, (await DescribeAsync()).State);
        await _plane.EndAsync(assignments[1], ReplicaOutcome.Completed, 60);
        var end = await DescribeAsync();
        Assert.Equal((expected, outcome == ReplicaOutcome.Failed ? "The device is gone." : null), (end.State, end.Failure));
    }

    [Fact]
    public async Task Ended_AnotherReplica_TheGeneratorGoesOn()
    {
        var assignments = await StartAsync(slots: 2);

        await _plane.EndAsync(assignments[1], ReplicaOutcome.Failed, 20, "The device is gone.");

        Assert.False((await _plane.ReportAsync(assignments[0], 30)).Interrupt);
        Assert.False((await _plane.Grains.GetGrain<IMeetingGrain>(ControlPlane.Job.Value).NextAsync(1, new VersionId(assignments[1].Start, 0, 0, 0), TimeSpan.Zero)).IsOver);
        await _plane.EndAsync(assignments[0], ReplicaOutcome.Completed, 60);
        Assert.Equal(JobState.Completed, (await DescribeAsync()).State);
    }

    [Fact]
    public async Task Ended_TheGeneratorsReplicaWhileAnotherWaitsForASlot_EndsTheJob()
    {
        var assignments = await StartAsync(slots: 1);

        await _plane.EndAsync(assignments[0], ReplicaOutcome.Completed, 60);

        Assert.Equal(JobState.Completed, (await DescribeAsync()).State);
    }

    private async Task<TrainerAssignment[]> StartAsync(int slots)
    {
        await _plane.RegisterAsync(_plane.Silos[0], [.. Enumerable.Repeat(1, slots)]);
        var first = await _plane.StartJobAsync(Recipe);
        var assignments = new List<TrainerAssignment> { first };
        while (assignments.Count < slots && _plane.Book.TryTake(out var next))
        {
            assignments.Add(next!);
        }

        Assert.Equal(Enumerable.Range(0, slots), assignments.Select(static assignment => assignment.Replica.Ordinal));
        return [.. assignments];
    }

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None).WaitAsync(ControlPlane.Deadline);
}
