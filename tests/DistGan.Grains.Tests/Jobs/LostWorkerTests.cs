using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using Microsoft.Extensions.Time.Testing;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>Workers that fall silent, on the grains' own clock.</summary>
public sealed class LostWorkerTests : IAsyncLifetime
{
    private static readonly Recipe Recipe = new() { Threads = 1 };
    private static readonly Recipe Two = Recipe with { Topology = new TopologyRecipe { Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder, silos: 2, _time);
        await _plane.RegisterAsync(_plane.Silos[0], 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Register_OwnerIsSilent_MovesTheReplicaUnderANewEpochWithinTheDeadline()
    {
        var old = await _plane.StartJobAsync(Recipe);
        var start = _time.GetUtcNow();

        await LoseAsync(_plane.Silos[0], _plane.Silos[1]);
        var moved = await _plane.Book.TakeAsync();

        Assert.InRange((_time.GetUtcNow() - start).TotalSeconds, 20, 30);
        Assert.Equal((_plane.Silos[1], true, old.Start, true), (moved.Lease.Worker, moved.Resume, moved.Start, moved.Joins));
        Assert.True(moved.Epoch > old.Epoch);
        Assert.True((await _plane.ReportAsync(old, 50)).Superseded);
        Assert.False((await _plane.ReportAsync(moved, 50)).Superseded);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.ReplicaLost);
    }

    [Fact]
    public async Task Describe_ReplicaThatMovesAndEnds_SaysWhereItTrainsAndInWhichEpoch()
    {
        var old = await _plane.StartJobAsync(Recipe);
        var before = await ReplicaAsync();
        await LoseAsync(_plane.Silos[0], _plane.Silos[1]);
        var moved = await _plane.Book.TakeAsync();
        var after = await ReplicaAsync();
        await _plane.EndAsync(moved, ReplicaOutcome.Completed, 50);
        var ended = await ReplicaAsync();

        Assert.Equal((_plane.Silos[0], 0, "cpu", old.Epoch), (before.Worker, before.Slot, before.Device, before.Epoch));
        Assert.Equal((_plane.Silos[1], moved.Lease.Slot, "cpu", moved.Epoch), (after.Worker, after.Slot, after.Device, after.Epoch));
        Assert.Equal((null, null, null, moved.Epoch), (ended.Worker, ended.Slot, ended.Device, ended.Epoch));

        async Task<ReplicaSummary> ReplicaAsync() => Assert.Single((await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).Replicas);
    }

    [Fact]
    public async Task Register_ThreeOwnersLost_QuarantinesTheJobAndLeavesTheNeighbourAlone()
    {
        await _plane.StartJobAsync(Recipe);
        await _plane.RegisterAsync(_plane.Silos[1], 1, 1);
        Assert.True((await _plane.SubmitAsync(Recipe with { Name = "neighbour" }, job: "neighbour")).Accepted);
        var neighbour = await _plane.Book.TakeAsync();
        _plane.Book.Dying = "fashion/0";

        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Failed, 1, () => AdvanceAsync(_plane.Silos));

        await _plane.Coordinator.CheckAsync();
        var end = await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);
        Assert.Equal(JobState.Failed, end.State);
        Assert.Contains("has lost 3 workers with no snapshot in between", end.Failure, StringComparison.Ordinal);
        Assert.Equal(3, await _plane.CountAsync(ControlPlane.Job, EventKinds.ReplicaLost));
        Assert.False((await _plane.ReportAsync(neighbour, 1)).Superseded);
    }

    [Fact]
    public async Task Record_SnapshotBetweenLosses_StartsTheCountAnew()
    {
        var owner = await _plane.StartJobAsync(Recipe);
        await _plane.RegisterAsync(_plane.Silos[1], 1);
        _plane.Book.Dying = "fashion/0";
        var step = 0;

        await _plane.ReachAsync(ControlPlane.Job, EventKinds.ReplicaLost, 4, async () =>
        {
            owner = _plane.Book.TryTake(out var newer) ? newer! : owner;
            await _plane.Coordinator.RecordAsync([Snapshot(owner, ++step)]);
            await AdvanceAsync(_plane.Silos);
        });

        Assert.Equal(0, await _plane.CountAsync(ControlPlane.Job, EventKinds.Quarantined));
    }

    [Fact]
    public async Task Lose_WithoutAFreeSlot_TellsOnceThatItWaitsAndStandsAtItsNewestSnapshot()
    {
        await _plane.RegisterAsync(_plane.Silos[1], 1);
        var owners = new[] { await _plane.StartJobAsync(Two), await _plane.Book.TakeAsync() };
        var lost = owners.Single(owner => owner.Lease.Worker == _plane.Silos[0]);
        await _plane.ReportAsync(lost, 30);
        await _plane.CommittedAsync(lost, 35);

        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Waiting, 1, () => AdvanceAsync(_plane.Silos[1], 1));
        await AdvanceAsync(_plane.Silos[1], 1);
        await AdvanceAsync(_plane.Silos[1], 1);
        var waiting = await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);
        var told = await _plane.Jobs.WatchAsync(ControlPlane.Job, default, CancellationToken.None);

        Assert.Equal((JobState.Running, true, 35L), (waiting.State, waiting.Replicas[lost.Replica.Ordinal].Waiting, waiting.Replicas[lost.Replica.Ordinal].Step));
        Assert.Equal("1 replica of job 'fashion' waits for a free slot; workers that join or jobs that end make room.", told.Events.Single(static entry => entry.Kind == EventKinds.Waiting).Message);
        Assert.Contains("is gone: the replica goes on from its newest snapshot where a slot is free (loss 1 of 3", told.Events.Single(static entry => entry.Kind == EventKinds.ReplicaLost).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lose_WithoutASnapshot_SaysThatItBeginsAgain()
    {
        await _plane.ReportAsync(await _plane.StartJobAsync(Recipe), 30);

        await LoseAsync(_plane.Silos[0], _plane.Silos[1]);

        var told = await _plane.Jobs.WatchAsync(ControlPlane.Job, default, CancellationToken.None);
        Assert.Contains("is gone: the replica begins again at step 0, for it has no snapshot, where a slot is free (loss 1 of 3", told.Events.Single(static entry => entry.Kind == EventKinds.ReplicaLost).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_AfterSiloAndWorkersWereLost_IsAtTheStepOfTheNewestSnapshot()
    {
        var owner = await _plane.StartJobAsync(Recipe);
        await _plane.CommittedAsync(owner, 1000);
        await _plane.Coordinator.Cast<Orleans.Core.Internal.IGrainManagementExtension>().DeactivateOnIdle();

        await _plane.Jobs.PauseAsync(ControlPlane.Job, CancellationToken.None);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Paused, 1, () => AdvanceAsync([]));

        var told = await _plane.Jobs.WatchAsync(ControlPlane.Job, default, CancellationToken.None);
        Assert.StartsWith("The job 'fashion' is paused at step 1000: ", told.Events.Single(static entry => entry.Kind == EventKinds.Paused).Message, StringComparison.Ordinal);
        Assert.Equal(1000, (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).Steps);
    }

    [Fact]
    public async Task Lose_ThreadThatEndedWithoutAWord_CostsOneLossAndNoLeaseThatWasGivenBack()
    {
        var owner = await _plane.StartJobAsync(Recipe);
        _plane.Book.Dying = "fashion/0";

        await _plane.ReachAsync(ControlPlane.Job, EventKinds.ReplicaLost, 1, () => AdvanceAsync([_plane.Silos[0]]));
        _plane.Book.Dying = null;
        var next = await _plane.Book.TakeAsync();
        await AdvanceAsync([_plane.Silos[0]]);
        await AdvanceAsync([_plane.Silos[0]]);

        Assert.True(next.Lease.Number > owner.Lease.Number, "It was started on the lease that it had given back.");
        Assert.Equal((1, 0), (await _plane.CountAsync(ControlPlane.Job, EventKinds.ReplicaLost), await _plane.CountAsync(ControlPlane.Job, EventKinds.Waiting)));
        Assert.False((await _plane.ReportAsync(next, 10)).Superseded);
    }

    [Fact]
    public async Task Ended_WorkerLeaves_TheReplicaGoesOnElsewhere()
    {
        var assignment = await _plane.StartJobAsync(Recipe);
        await _plane.RegisterAsync(_plane.Silos[0]);
        await _plane.RegisterAsync(_plane.Silos[1], 1);

        await _plane.EndAsync(assignment, ReplicaOutcome.Interrupted, 9, workerLeaves: true);

        var moved = await _plane.Book.TakeAsync();
        Assert.Equal((_plane.Silos[1], true), (moved.Lease.Worker, moved.Resume));
    }

    private static ReplicaEvent Snapshot(TrainerAssignment assignment, int step) => new()
    {
        Replica = assignment.Replica,
        Epoch = assignment.Epoch,
        Kind = EventKinds.Snapshot,
        Time = DateTimeOffset.UnixEpoch,
        Message = $"Snapshot {step}.",
        File = $"snapshot-{step}",
    };

    private async Task LoseAsync(string silent, string alive)
    {
        Assert.NotEqual(silent, alive);
        await _plane.RegisterAsync(alive, 1);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.ReplicaLost, 1, () => AdvanceAsync([alive]));
    }

    private async Task AdvanceAsync(IReadOnlyList<string> alive)
    {
        _time.Advance(TimeSpan.FromSeconds(2.5));
        foreach (var worker in alive)
        {
            await _plane.RegisterAsync(worker, worker == _plane.Silos[0] ? [1] : [1, 1]);
        }

        await _plane.Coordinator.CheckAsync();
    }

    private async Task AdvanceAsync(string worker, int slots)
    {
        _time.Advance(TimeSpan.FromSeconds(2.5));
        await _plane.RegisterAsync(worker, [.. Enumerable.Repeat(1, slots)]);
        await _plane.Coordinator.CheckAsync();
    }
}
