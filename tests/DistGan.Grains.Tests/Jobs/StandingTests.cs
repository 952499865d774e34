using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>What is said of replicas whose reports are not there any more, and of all that train.</summary>
public sealed class StandingTests : IAsyncLifetime
{
    private static readonly Recipe One = new() { Threads = 1 };
    private static readonly Recipe Two = One with { Topology = new TopologyRecipe { Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Describe_AfterTheCoordinatorMoved_StandsAtTheNewestSnapshot()
    {
        var owner = await _plane.StartJobAsync(One);
        await _plane.ReportAsync(owner, 50);
        await CommittedAsync(owner, step: 40, images: 2560, seconds: 4);
        await MoveAsync();

        var job = await DescribeAsync();

        Assert.Equal((JobState.Running, 40L, 2560L, 4.0), (job.State, job.Steps, job.Images, job.Seconds));
        await _plane.ReportAsync(owner, 60);
        Assert.Equal(60, (await DescribeAsync()).Steps);
    }

    [Fact]
    public async Task Describe_SnapshotThatNobodyWasThereToHearOf_IsFoundInTheRunFolder()
    {
        var owner = await _plane.StartJobAsync(One);
        await CommittedAsync(owner, step: 40, images: 2560, seconds: 4);
        await _plane.SnapshotAsync(70, owner.Epoch);
        await _plane.Store.PutAsync(RunFiles.Snapshot(0, 90, owner.Epoch) + "state.json", "{}"u8.ToArray(), Grains.Interfaces.Storage.PutCondition.None, CancellationToken.None);
        await MoveAsync();

        Assert.Equal(70, Assert.Single((await DescribeAsync()).Replicas).Step);
    }

    [Fact]
    public async Task Describe_OfTwoThatTrain_AddsWhatTheyShowInASecondNow()
    {
        var (zero, one) = (await _plane.StartJobAsync(Two), await _plane.Book.TakeAsync());

        await RateAsync(zero, 1000, 300);
        await RateAsync(one, 10, 200);
        var both = await DescribeAsync();
        await _plane.RegisterAsync(_plane.Silos[0]);
        await _plane.EndAsync(zero, ReplicaOutcome.Interrupted, 1000, workerLeaves: true);
        var left = await DescribeAsync();
        await _plane.EndAsync(one, ReplicaOutcome.Completed, 1000);
        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Interrupted);
        await _plane.Coordinator.CheckAsync();

        Assert.Equal((500.0, 200.0), (both.ImagesPerSecond, left.ImagesPerSecond));
        Assert.Equal(2 * 1000 * 64 / 100.0, (await DescribeAsync()).ImagesPerSecond);
    }

    [Fact]
    public async Task Describe_OfOneThatHasNotReportedYet_TakesItsAverage()
    {
        var owner = await _plane.StartJobAsync(One);
        await CommittedAsync(owner, step: 40, images: 2560, seconds: 4);
        await MoveAsync();

        Assert.Equal(640, (await DescribeAsync()).ImagesPerSecond);
    }

    [Fact]
    public async Task List_WhileAReplicaTrains_HasTheNumberOfItsLeaseAndNoneAfterwards()
    {
        var owner = await _plane.StartJobAsync(One);

        var during = await NumbersAsync();
        await _plane.EndAsync(owner, ReplicaOutcome.Completed, 60);
        var after = await NumbersAsync();

        Assert.Equal([owner.Lease.Number, 0, 0], during);
        Assert.NotEqual(0, owner.Lease.Number);
        Assert.Equal([0, 0, 0], after);
    }

    private async Task<IEnumerable<long>> NumbersAsync()
        => Assert.Single(await _plane.Grains.GetGrain<IWorkerDirectoryGrain>(0).ListAsync()).Slots.Select(static slot => slot.Number);

    private Task MoveAsync() => _plane.Coordinator.Cast<Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle().AsTask();

    private Task RateAsync(TrainerAssignment assignment, long step, double rate)
        => _plane.ReportAsync(assignment, step, values: new Dictionary<string, double> { [MetricNames.DiscriminatorLoss] = 0.5, [MetricNames.ImagesPerSecond] = rate });

    private Task CommittedAsync(TrainerAssignment assignment, long step, long images, double seconds) => _plane.Coordinator.RecordAsync(
    [
        new ReplicaEvent
        {
            Replica = assignment.Replica,
            Epoch = assignment.Epoch,
            Kind = EventKinds.Snapshot,
            Time = DateTimeOffset.UnixEpoch,
            Message = $"Snapshot of step {step}.",
            Data = new Dictionary<string, double> { ["step"] = step, ["images"] = images, ["seconds"] = seconds },
        },
    ]);

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);
}
