using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>Replicas whose worker is told to stop.</summary>
public sealed class LeavingWorkerTests : IAsyncLifetime
{
    private static readonly Recipe One = new() { Threads = 1 };
    private static readonly Recipe Two = One with { Topology = new TopologyRecipe { Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder);
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Ended_WorkerLeaves_GoesOnUnderANewEpochOnceASlotIsFree()
    {
        var first = await _plane.StartJobAsync(One);
        await _plane.RegisterAsync(_plane.Silos[0]);

        await LeaveAsync(first, 20);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Waiting);
        var waiting = await DescribeAsync();
        Assert.Equal((JobState.Waiting, true), (waiting.State, Assert.Single(waiting.Replicas).Waiting));
        Assert.False(_plane.Book.TryTake(out _));
        await _plane.RegisterAsync(_plane.Silos[0], 1);
        var second = await _plane.Book.TakeAsync();

        Assert.True(second.Epoch > first.Epoch);
        Assert.True((await _plane.ReportAsync(first, 30)).Superseded);
        await _plane.EndAsync(second, ReplicaOutcome.Completed, 60);
        Assert.Equal(JobState.Completed, (await DescribeAsync()).State);
        Assert.Contains("at step 20, because its worker leaves", await _plane.ReadAsync(RunFiles.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_WorkerLeavesOneOfTwo_WhichJoinsTheOther()
    {
        var first = await _plane.StartJobAsync(Two);
        await _plane.Book.TakeAsync();

        await LeaveAsync(first, 20);
        var second = await _plane.Book.TakeAsync();

        Assert.Equal((0, true, first.Start, true), (second.Replica.Ordinal, second.Resume, second.Start, second.Joins));
        Assert.Equal(0, await _plane.CountAsync(ControlPlane.Job, EventKinds.Waiting));
    }

    [Fact]
    public async Task Start_WorkerTakesNoReplicaAnyMore_AnotherSlotIsTried()
    {
        var first = await _plane.StartJobAsync(One);
        await _plane.RegisterAsync(_plane.Silos[0]);
        await LeaveAsync(first, 20);
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = false, Busy = true, Refusal = "The worker is stopping." });
        await _plane.RegisterAsync(_plane.Silos[0], 1);
        var refused = await _plane.Book.TakeAsync();

        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true });
        await _plane.Coordinator.CheckAsync();
        await _plane.Coordinator.CheckAsync();
        var taken = await _plane.Book.TakeAsync();

        Assert.True(taken.Lease.Number > refused.Lease.Number, "The slot was not given back.");
        Assert.True(taken.Epoch > refused.Epoch);
        Assert.Null((await DescribeAsync()).Failure);
    }

    [Fact]
    public async Task Submit_WorkerTakesNoReplicaAnyMore_WaitsInsteadOfBeingRefused()
    {
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = false, Busy = true, Refusal = "The worker is stopping." });

        var result = await _plane.SubmitAsync(One);
        var waiting = await DescribeAsync();
        _ = await _plane.Book.TakeAsync();
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true });
        await _plane.Coordinator.CheckAsync();
        await _plane.Coordinator.CheckAsync();
        _ = await _plane.Book.TakeAsync();

        Assert.True(result.Accepted, result.Refusal);
        Assert.Equal((JobState.Waiting, true), (waiting.State, Assert.Single(waiting.Replicas).Waiting));
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Started);
        Assert.Equal(JobState.Running, (await DescribeAsync()).State);
        Assert.Equal(0, await _plane.CountAsync(ControlPlane.Job, EventKinds.Waiting));
    }

    [Fact]
    public async Task Interrupt_WhileAReplicaWaitsForASlot_EndsTheJobAtItsSnapshot()
    {
        var first = await _plane.StartJobAsync(One);
        await _plane.RegisterAsync(_plane.Silos[0]);
        await LeaveAsync(first, 20);

        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Interrupted);

        Assert.Equal(20, (await DescribeAsync()).Steps);
    }

    private Task LeaveAsync(TrainerAssignment assignment, long step) => _plane.EndAsync(assignment, ReplicaOutcome.Interrupted, step, workerLeaves: true);

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);
}
