using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>Jobs that wait for slots, and replicas that give them back.</summary>
public sealed class WaitingJobTests : IAsyncLifetime
{
    private static readonly Recipe Two = new() { Threads = 1, Topology = new TopologyRecipe { Replicas = 2 } };
    private static readonly Recipe One = new() { Threads = 1 };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync() => _plane = await ControlPlane.StartAsync(_folder, configure: static options => options.Preemption = true);

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Submit_NoWorkerYet_WaitsAndStartsWhenOneJoins()
    {
        Assert.True((await _plane.SubmitAsync(new Recipe())).Accepted);
        var waiting = await DescribeAsync();
        Assert.Equal((JobState.Waiting, true), (waiting.State, Assert.Single(waiting.Replicas).Waiting));
        Assert.True((await _plane.SubmitAsync(new Recipe())).Accepted);
        Assert.Contains("waiting with another recipe", (await _plane.SubmitAsync(new Recipe { Seed = 9 })).Refusal, StringComparison.Ordinal);

        await _plane.RegisterAsync(_plane.Silos[0], 3);
        var started = await _plane.Book.TakeAsync();

        Assert.Equal((3, false, false), (RecipeJson.Deserialize(started.Recipe.Json.Span).Threads, started.Resume, started.Joins));
        await ReachAsync(ControlPlane.Job, EventKinds.Started);
        Assert.Equal(JobState.Running, (await DescribeAsync()).State);
        Assert.Equal(3, RecipeReader.Parse((await _plane.ReadAsync(RunFiles.Recipe))!).Threads);
    }

    [Fact]
    public async Task Submit_FewerSlotsThanReplicas_StartsWithWhatThereIsAndTheRestJoinLater()
    {
        await _plane.RegisterAsync(_plane.Silos[0], 1);

        var zero = await _plane.StartJobAsync(Two);
        Assert.Equal((0, false), (zero.Replica.Ordinal, zero.Joins));
        Assert.False(_plane.Book.TryTake(out _));
        Assert.Equal([false, true], (await DescribeAsync()).Replicas.Select(replica => replica.Waiting));

        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);
        var one = await _plane.Book.TakeAsync();
        Assert.Equal((1, true, zero.Start), (one.Replica.Ordinal, one.Joins, one.Start));
        await ReachAsync(ControlPlane.Job, EventKinds.Started, count: 2);
        Assert.False((await _plane.ReportAsync(one, 10)).Superseded);
    }

    [Fact]
    public async Task Submit_Averaging_WaitsForItsQuorumAtOnce()
    {
        await _plane.RegisterAsync(_plane.Silos[0], 1);

        Assert.True((await _plane.SubmitAsync(new Recipe { Threads = 1, Topology = new TopologyRecipe { Kind = "averaging", Replicas = 3 } })).Accepted);
        Assert.Equal(JobState.Waiting, (await DescribeAsync()).State);
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1);

        var (first, second) = (await _plane.Book.TakeAsync(), await _plane.Book.TakeAsync());
        Assert.Equal((0, 1), (first.Replica.Ordinal, second.Replica.Ordinal));
    }

    [Theory]
    [InlineData("gossip")]
    [InlineData("population")]
    public async Task Submit_KindThatWaitsForNobody_StartsWithTheOneSlotThereIs(string kind)
    {
        await _plane.RegisterAsync(_plane.Silos[0], 1);

        var first = await _plane.StartJobAsync(new Recipe { Threads = 1, Topology = new TopologyRecipe { Kind = kind, Replicas = 3 } });

        Assert.Equal((0, JobState.Running), (first.Replica.Ordinal, (await DescribeAsync()).State));
    }

    [Fact]
    public async Task Ended_AJobThatWaits_GetsTheSlot()
    {
        await _plane.RegisterAsync(_plane.Silos[0], 1);
        var first = await _plane.StartJobAsync(One);
        Assert.True((await _plane.SubmitAsync(One with { Name = "next" }, job: "next")).Accepted);

        await _plane.EndAsync(first, ReplicaOutcome.Completed, 60);

        Assert.Equal("next/0", (await _plane.Book.TakeAsync()).Replica.ToString());
    }

    [Fact]
    public async Task Interrupt_WaitingJob_EndsItAndItCanBeSubmittedAgain()
    {
        Assert.True((await _plane.SubmitAsync(One)).Accepted);

        await _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None);
        await ReachAsync(ControlPlane.Job, EventKinds.Interrupted);
        await _plane.Coordinator.CheckAsync();

        Assert.Equal(JobState.Interrupted, (await DescribeAsync()).State);
        await _plane.RegisterAsync(_plane.Silos[0], 1);
        await _plane.StartJobAsync(One);
    }

    [Fact]
    public async Task Submit_HigherPriority_TakesTheSlotAfterASnapshotAndGivesItBackAtItsEnd()
    {
        await _plane.RegisterAsync(_plane.Silos[0], 1);
        var low = await _plane.StartJobAsync(One);
        var urgent = ControlPlane.Submission(One with { Name = "urgent" }, job: "urgent") with { Priority = 5, User = "ann" };
        Assert.True((await _plane.Jobs.SubmitAsync(urgent, CancellationToken.None)).Accepted);
        await _plane.Coordinator.CheckAsync();
        Assert.Equal(["fashion/0"], _plane.Book.Interrupted);
        Assert.True((await _plane.ReportAsync(low, 20)).Interrupt);
        Assert.False(_plane.Book.TryTake(out _));

        await _plane.EndAsync(low, ReplicaOutcome.Interrupted, 21);
        var high = await _plane.Book.TakeAsync();
        Assert.Equal("urgent/0", high.Replica.ToString());
        Assert.Equal(JobState.Waiting, (await DescribeAsync()).State);
        Assert.False(await _plane.Coordinator.OwnsAsync(low.Replica, low.Epoch));
        await ReachAsync(ControlPlane.Job, EventKinds.HandedBack);

        await _plane.EndAsync(high, ReplicaOutcome.Completed, 60);
        var again = await _plane.Book.TakeAsync();
        Assert.Equal(("fashion/0", true, low.Start, true), (again.Replica.ToString(), again.Resume, again.Start, again.Joins));
        Assert.True(again.Epoch > low.Epoch);
    }

    [Fact]
    public async Task Submit_PriorityOutOfBounds_IsRefused()
        => Assert.Contains("priority of job 'fashion' is 101, expected", (await _plane.Jobs.SubmitAsync(ControlPlane.Submission(One) with { Priority = 101 }, CancellationToken.None)).Refusal, StringComparison.Ordinal);

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);

    private Task ReachAsync(JobId job, string kind, int count = 1) => _plane.ReachAsync(job, kind, count);
}
