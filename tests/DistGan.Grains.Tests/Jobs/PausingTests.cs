using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

public sealed class PausingTests : IAsyncLifetime
{
    private static readonly Recipe Recipe = new() { Threads = 1, Topology = new TopologyRecipe { Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync() => _plane = await ControlPlane.StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Pause_OfARunningJob_EndsTheReplicasFreesTheSlotsAndIsNoEnd()
    {
        var (zero, one) = await StartAsync();

        Assert.True((await PauseAsync()).Accepted);
        Assert.Equal(JobState.Stopping, await StateAsync());
        Assert.Equal(["fashion/0", "fashion/1"], _plane.Book.Interrupted.Order());
        Assert.True((await _plane.ReportAsync(one, 20)).Interrupt);
        await EndBothAsync(zero, one);

        Assert.Equal(JobState.Paused, await StateAsync());
        Assert.Equal(2, await FreeSlotsAsync());
        Assert.True((await PauseAsync()).Accepted);
        Assert.Equal((1, 1), (await _plane.CountAsync(ControlPlane.Job, EventKinds.Pausing), await _plane.CountAsync(ControlPlane.Job, EventKinds.Paused)));
        await _plane.Coordinator.CheckAsync();
        Assert.Equal((JobState.Paused, 2), (await StateAsync(), await FreeSlotsAsync()));
        Assert.Contains("\"paused\"", await _plane.ReadAsync("summary.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_OfAPausedJob_GoesOnFromItsSnapshots()
    {
        var (zero, one) = await StartAsync();
        await PauseAsync();
        await EndBothAsync(zero, one);
        await _plane.SnapshotAsync(30, zero.Epoch);

        var again = await _plane.StartJobAsync(Recipe, resume: true);

        Assert.Equal((true, zero.Epoch + 1, JobState.Running), (again.Resume, again.Epoch, await StateAsync()));
    }

    [Fact]
    public async Task Pause_OfAWaitingJob_HoldsItBackUntilItIsResumed()
    {
        Assert.True((await _plane.SubmitAsync(Recipe)).Accepted);

        Assert.True((await PauseAsync()).Accepted);
        Assert.Equal(JobState.Paused, await StateAsync());
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);
        await _plane.Coordinator.CheckAsync();
        Assert.False(_plane.Book.TryTake(out _), "A paused job was started.");
        await _plane.StartJobAsync(Recipe, resume: true);

        Assert.Equal(JobState.Running, await StateAsync());
    }

    [Fact]
    public async Task Stop_WhilePausing_Interrupts()
    {
        var (zero, one) = await StartAsync();
        await PauseAsync();

        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        await EndBothAsync(zero, one);

        Assert.Equal(JobState.Interrupted, await StateAsync());
    }

    [Fact]
    public async Task Stop_OfAPausedJob_MakesItInterrupted()
    {
        var (zero, one) = await StartAsync();
        await PauseAsync();
        await EndBothAsync(zero, one);

        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Interrupted);

        Assert.False((await PauseAsync()).Accepted);
    }

    [Fact]
    public async Task Pause_OfAJobWhoseReplicasAreDone_IsItsEnd()
    {
        var (zero, one) = await StartAsync();
        await PauseAsync();
        await _plane.EndAsync(zero, ReplicaOutcome.Completed, 60);
        await _plane.EndAsync(one, ReplicaOutcome.Completed, 60);

        Assert.Equal(JobState.Completed, await StateAsync());
    }

    [Fact]
    public async Task Pause_OfAJobThatStops_IsRefused()
    {
        await StartAsync();
        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);

        Assert.Contains("is stopping and cannot be paused", (await PauseAsync()).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scale_OfAPausedJob_CountsWhenItIsResumed()
    {
        var (zero, one) = await StartAsync();
        await PauseAsync();
        await EndBothAsync(zero, one);
        await _plane.SnapshotAsync(30, zero.Epoch);

        Assert.True((await _plane.Jobs.ScaleAsync(ControlPlane.Job, 1, null, CancellationToken.None)).Accepted);
        Assert.Equal(JobState.Paused, await StateAsync());
        await _plane.StartJobAsync(RecipeJson.Deserialize((await _plane.Jobs.RecipeAsync(ControlPlane.Job, CancellationToken.None)).Json.Span), resume: true);

        Assert.Single((await DescribeAsync()).Replicas, static replica => replica.Outcome is null);
        Assert.Equal(1, await FreeSlotsAsync());
    }

    [Fact]
    public async Task Snapshot_IsAskedForUntilOneOfALaterStepIsThere()
    {
        var (zero, _) = await StartAsync();
        await _plane.ReportAsync(zero, 50);
        Assert.Equal(0, (await _plane.ReportAsync(zero, 60)).Snapshot);

        Assert.True((await _plane.Jobs.SnapshotAsync(ControlPlane.Job, CancellationToken.None)).Accepted);
        await _plane.CommittedAsync(zero, 60);
        Assert.Equal((1, 1), ((await _plane.ReportAsync(zero, 70)).Snapshot, (await _plane.ReportAsync(zero, 80)).Snapshot));
        await _plane.CommittedAsync(zero, 81);

        Assert.Equal(0, (await _plane.ReportAsync(zero, 90)).Snapshot);
    }

    private async Task<(TrainerAssignment Zero, TrainerAssignment One)> StartAsync()
    {
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);
        return (await _plane.StartJobAsync(Recipe), await _plane.Book.TakeAsync());
    }

    private async Task EndBothAsync(TrainerAssignment zero, TrainerAssignment one)
    {
        await _plane.EndAsync(zero, ReplicaOutcome.Interrupted, 30);
        await _plane.EndAsync(one, ReplicaOutcome.Interrupted, 30);
    }

    private Task<ActionResult> PauseAsync() => _plane.Jobs.PauseAsync(ControlPlane.Job, CancellationToken.None).WaitAsync(ControlPlane.Deadline);

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);

    private async Task<JobState> StateAsync() => (await DescribeAsync()).State;

    private Task<int> FreeSlotsAsync() => _plane.FreeSlotsAsync();
}
