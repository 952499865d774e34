using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>Ends that wait for nobody.</summary>
public sealed class StopNowTests : IAsyncLifetime
{
    private static readonly Recipe Recipe = new() { Threads = 1, Topology = new TopologyRecipe { Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private readonly TaskCompletionSource _silence = new();
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync() => _plane = await ControlPlane.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        _silence.TrySetResult();
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task StopNow_OfARunningJob_DisownsItsReplicasFreesTheSlotsAndSaysWhatIsLost()
    {
        var (zero, one) = await StartAsync();
        await _plane.CommittedAsync(zero, 40);
        await _plane.CommittedAsync(one, 60);
        await _plane.ReportAsync(zero, 70);
        await _plane.ReportAsync(one, 110);

        var cost = await StopNowAsync();

        Assert.Equal((50L, true), (cost.StepsLost, cost.CanResume));
        Assert.Equal([("fashion/0", zero.Epoch), ("fashion/1", one.Epoch)], _plane.Book.Halted.Order());
        Assert.Equal((JobState.Interrupted, 2), (await StateAsync(), await _plane.FreeSlotsAsync()));
        Assert.Equal((1, 1), (await _plane.CountAsync(ControlPlane.Job, EventKinds.Stopping), await _plane.CountAsync(ControlPlane.Job, EventKinds.Interrupted)));
        Assert.Contains("\"interrupted\"", await _plane.ReadAsync("summary.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StopNow_OwnersThatGoOn_AreRefusedAndChangeNothing()
    {
        var (zero, one) = await StartAsync();
        await _plane.ReportAsync(zero, 50);

        await StopNowAsync();
        await _plane.CommittedAsync(zero, 60);
        await _plane.EndAsync(one, ReplicaOutcome.Completed, 100);

        Assert.True((await _plane.ReportAsync(zero, 60)).Superseded);
        Assert.False(await _plane.Coordinator.OwnsAsync(zero.Replica, zero.Epoch));
        Assert.Equal(0, await _plane.CountAsync(ControlPlane.Job, EventKinds.Snapshot));
        Assert.Equal([ReplicaOutcome.Interrupted, ReplicaOutcome.Interrupted], (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).Replicas.Select(static replica => replica.Outcome!.Value));
    }

    [Fact]
    public async Task StopNow_WorkersDoNotAnswer_EndsTheJobAllTheSame()
    {
        _plane.Book.Silence = _silence.Task;
        await StartAsync();

        await StopNowAsync();

        Assert.Equal((JobState.Interrupted, 2), (await StateAsync(), await _plane.FreeSlotsAsync()));
    }

    [Fact]
    public async Task StopNow_WhileAWorkerIsAskedToStart_FreesTheSlotsAtOnceAndHaltsIt()
    {
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);
        var answer = new TaskCompletionSource<StartResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _plane.Book.Answer = _ => answer.Task;
        var submission = _plane.SubmitAsync(Recipe);
        TrainerAssignment[] asked = [await _plane.Book.TakeAsync(), await _plane.Book.TakeAsync()];
        var zero = asked.Single(static assignment => assignment.Replica.Ordinal == 0);

        var stop = StopNowAsync();
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Stopping);
        while (await _plane.FreeSlotsAsync() < 2)
        {
            Assert.False(submission.IsCompleted, "The slots were freed only after the start.");
        }

        Assert.False(submission.IsCompleted || await _plane.Coordinator.OwnsAsync(zero.Replica, zero.Epoch), "The replica may still commit.");
        answer.SetResult(new StartResult { Started = true });
        await submission;
        await stop;

        Assert.Equal(JobState.Interrupted, await StateAsync());
        Assert.Equal([("fashion/0", zero.Epoch), ("fashion/0", zero.Epoch), ("fashion/1", zero.Epoch), ("fashion/1", zero.Epoch)], _plane.Book.Halted.Order());
        Assert.False(_plane.Book.TryTake(out _), "Another replica was started.");
        Assert.Equal(0, await _plane.CountAsync(ControlPlane.Job, EventKinds.Started));
    }

    [Fact]
    public async Task StopNow_AfterAStopThatTakesLong_EndsIt()
    {
        var (zero, _) = await StartAsync();
        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        await _plane.ReportAsync(zero, 50);
        Assert.Equal(JobState.Stopping, await StateAsync());

        await StopNowAsync();

        Assert.Equal(JobState.Interrupted, await StateAsync());
    }

    [Fact]
    public async Task StopNow_WhilePausingOrPaused_Interrupts()
    {
        await StartAsync();
        await _plane.Jobs.PauseAsync(ControlPlane.Job, CancellationToken.None);
        await StopNowAsync();
        Assert.Equal(JobState.Interrupted, await StateAsync());

        await _plane.SnapshotAsync(30, 1);
        Assert.True((await _plane.SubmitAsync(Recipe, resume: true)).Accepted);
        await _plane.Jobs.PauseAsync(ControlPlane.Job, CancellationToken.None);
        foreach (var assignment in (TrainerAssignment[])[await _plane.Book.TakeAsync(), await _plane.Book.TakeAsync()])
        {
            await _plane.EndAsync(assignment, ReplicaOutcome.Interrupted, 30);
        }

        Assert.Equal(JobState.Paused, await StateAsync());
        Assert.Equal(0, (await StopNowAsync()).StepsLost);
        Assert.Equal(JobState.Interrupted, await StateAsync());
    }

    [Fact]
    public async Task StopNow_OfAJobThatHasEnded_ChangesNothing()
    {
        var (zero, one) = await StartAsync();
        await _plane.EndAsync(zero, ReplicaOutcome.Completed, 60);
        await _plane.EndAsync(one, ReplicaOutcome.Completed, 60);

        Assert.Equal(0, (await StopNowAsync()).StepsLost);

        Assert.Equal((JobState.Completed, 0), (await StateAsync(), await _plane.CountAsync(ControlPlane.Job, EventKinds.Stopping)));
    }

    [Fact]
    public async Task StopNow_WithoutASnapshot_SaysThatItCannotBeResumed()
    {
        var (zero, _) = await StartAsync();
        await _plane.ReportAsync(zero, 70);

        var cost = await StopNowAsync();

        Assert.Equal((70L, false), (cost.StepsLost, cost.CanResume));
        Assert.Contains("has no snapshot to go on from", (await _plane.SubmitAsync(Recipe, resume: true)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_AfterAnEndAtOnce_GoesOnUnderANewEpoch()
    {
        var (zero, _) = await StartAsync();
        await _plane.SnapshotAsync(30, zero.Epoch);
        await StopNowAsync();

        var again = await _plane.StartJobAsync(Recipe, resume: true);

        Assert.Equal((true, zero.Epoch + 1, JobState.Running), (again.Resume, again.Epoch, await StateAsync()));
        Assert.True((await _plane.ReportAsync(zero, 50)).Superseded);
        Assert.False((await _plane.ReportAsync(again, 31)).Superseded);
    }

    private async Task<(TrainerAssignment Zero, TrainerAssignment One)> StartAsync()
    {
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);
        return (await _plane.StartJobAsync(Recipe), await _plane.Book.TakeAsync());
    }

    private Task<StopResult> StopNowAsync() => _plane.Jobs.StopNowAsync(ControlPlane.Job, CancellationToken.None).WaitAsync(ControlPlane.Deadline);

    private async Task<JobState> StateAsync() => (await _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None)).State;
}
