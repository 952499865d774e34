using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using Microsoft.Extensions.Time.Testing;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>Workers whose machine cannot train a job: another one is asked, and they again later. The one with more slots is asked first.</summary>
public sealed class UnfitWorkerTests : IAsyncLifetime
{
    private const string Full = "The disk is full.";
    private static readonly Recipe Recipe = new() { Threads = 1 };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly HashSet<string> _unfit = [];
    private ControlPlane _plane = null!;

    private string Bad => _plane.Silos[0];

    private string Good => _plane.Silos[1];

    public async ValueTask InitializeAsync()
    {
        await StartAsync(FixedJobPaths.Cluster);
    }

    private async Task StartAsync(IJobPaths paths)
    {
        _plane = await ControlPlane.StartAsync(_folder, silos: 2, _time, paths: paths);
        _unfit.Add(Bad);
        _plane.Book.Answer = assignment => Task.FromResult(_unfit.Contains(assignment.Lease.Worker)
            ? new StartResult { Started = false, Refusal = Full, UnfitHost = "attic" }
            : new StartResult { Started = true });
        await BeatAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Submit_TheFirstWorkerCannot_StartsOnAnotherAndTellsWhy()
    {
        Assert.True((await _plane.SubmitAsync(Recipe)).Accepted);

        Assert.Equal([Bad, Good], [(await _plane.Book.TakeAsync()).Lease.Worker, (await _plane.Book.TakeAsync()).Lease.Worker]);
        Assert.Equal(JobState.Running, (await DescribeAsync()).State);
        Assert.Equal($"Worker {Bad} (host attic) cannot train replica 0: {Full} Another one is asked, and this one again after 5 minutes.", Assert.Single(await ToldAsync(EventKinds.Warning)));
        Assert.Equal(3, await _plane.FreeSlotsAsync());
    }

    [Fact]
    public async Task Submit_TheFirstWorkerHasWiderSlots_TakesTheThreadsOfTheOneThatCan()
    {
        await _plane.RegisterAsync(Bad, 8, 8, 8);

        Assert.True((await _plane.SubmitAsync(Recipe with { Threads = null })).Accepted);
        var (asked, started) = (await _plane.Book.TakeAsync(), await _plane.Book.TakeAsync());

        Assert.Equal([8, 1], [RecipeJson.Deserialize(asked.Recipe.Json.Span).Threads, RecipeJson.Deserialize(started.Recipe.Json.Span).Threads]);
        Assert.True(started.Epoch > asked.Epoch);
    }

    [Fact]
    public async Task Submit_OneOfTwoWorkersCannot_EveryReplicaStartsOnTheOther()
    {
        await _plane.RegisterAsync(Good, 1, 1, 1, 1);

        Assert.True((await _plane.SubmitAsync(Recipe with { Topology = new TopologyRecipe { Replicas = 4 } })).Accepted);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Started, 4, () => _plane.Coordinator.CheckAsync());

        Assert.All((await DescribeAsync()).Replicas, replica => Assert.Equal((Good, null), (replica.Worker, replica.Outcome)));
        Assert.Single(await ToldAsync(EventKinds.Warning));
    }

    [Fact]
    public async Task Submit_NoWorkerCan_IsRefusedInTheWordsOfEach()
    {
        _unfit.Add(Good);

        var result = await _plane.SubmitAsync(Recipe);

        Assert.Equal((false, $"No worker can train the job 'fashion'. On attic: {Full}"), (result.Accepted, result.Refusal));
        Assert.Equal(3, await _plane.FreeSlotsAsync());
    }

    [Fact]
    public async Task Submit_TheOtherWorkerIsTaken_WaitsForIt()
    {
        _unfit.Clear();
        await _plane.RegisterAsync(Bad);
        Assert.True((await _plane.SubmitAsync(Recipe with { Name = "other" }, job: "other")).Accepted);
        Assert.Equal(Good, (await _plane.Book.TakeAsync()).Lease.Worker);
        _unfit.Add(Bad);
        await BeatAsync();

        Assert.True((await _plane.SubmitAsync(Recipe)).Accepted);
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Waiting, 1, () => _plane.Coordinator.CheckAsync());

        Assert.Equal(JobState.Waiting, (await DescribeAsync()).State);
        Assert.EndsWith($"Worker {Bad} (host attic) cannot train it: {Full} Who cannot is asked again after 5 minutes, or when the job is resumed.", Assert.Single(await ToldAsync(EventKinds.Waiting)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_ForAReasonOfTheMachine_GoesOnElsewhereAndIsNoLoss()
    {
        _unfit.Clear();
        var owner = await _plane.StartJobAsync(Recipe);
        Assert.Equal(Bad, owner.Lease.Worker);
        await _plane.CommittedAsync(owner, 40);

        await _plane.EndAsync(owner, ReplicaOutcome.Failed, 0, Full, unfitHost: "attic");
        var next = await _plane.Book.TakeAsync();

        Assert.Equal((Good, true), (next.Lease.Worker, next.Resume));
        Assert.True(next.Epoch > owner.Epoch);
        Assert.Equal((JobState.Running, null), ((await DescribeAsync()).State, (await DescribeAsync()).Replicas[0].Outcome));
        Assert.Equal((0, 0), (await _plane.CountAsync(ControlPlane.Job, EventKinds.ReplicaLost), await _plane.CountAsync(ControlPlane.Job, EventKinds.ReplicaEnded)));
    }

    [Fact]
    public async Task Check_WhileNobodyElseCan_AsksAgainAfterMinutesOnly()
    {
        _unfit.Add(Good);
        var owner = await StartWhereItCanAsync();
        await _plane.EndAsync(owner, ReplicaOutcome.Failed, 0, Full, unfitHost: "attic");
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Waiting, 1, () => LaterAsync(TimeSpan.FromSeconds(2.5)));
        await DrainAsync();

        for (var beat = 0; beat < 20; beat++)
        {
            await LaterAsync(TimeSpan.FromSeconds(10));
        }

        Assert.False(_plane.Book.TryTake(out _), "It was asked again within minutes.");
        await LaterAsync(TimeSpan.FromMinutes(2));
        await _plane.Book.TakeAsync();
        await DrainAsync();
        await LaterAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((JobState.Waiting, 1), ((await DescribeAsync()).State, (await ToldAsync(EventKinds.Waiting)).Count));

        _unfit.Clear();
        await LaterAsync(TimeSpan.FromMinutes(6));
        await _plane.ReachAsync(ControlPlane.Job, EventKinds.Started, 2, () => LaterAsync(TimeSpan.FromSeconds(2.5)));
        Assert.Equal((JobState.Running, 0), ((await DescribeAsync()).State, await _plane.CountAsync(ControlPlane.Job, EventKinds.ReplicaLost)));
    }

    [Fact]
    public async Task Resume_AfterAWorkerCouldNot_AsksItAtOnce()
    {
        await _plane.SubmitAsync(Recipe);
        _ = await _plane.Book.TakeAsync();
        var owner = await _plane.Book.TakeAsync();
        await _plane.Store.PutAsync($"jobs/fashion/{RunFiles.Snapshot(0, 10, owner.Epoch)}{RunFiles.Manifest}", "{}"u8.ToArray(), PutCondition.None, CancellationToken.None);
        await _plane.EndAsync(owner, ReplicaOutcome.Failed, 10, "It failed.");
        _unfit.Clear();

        var resumed = await _plane.StartJobAsync(Recipe, resume: true);

        Assert.Equal(Bad, resumed.Lease.Worker);
    }

    [Fact]
    public async Task Ended_BesideARunFolder_FailsAsNobodyElseCanBeAsked()
    {
        await _plane.DisposeAsync();
        await StartAsync(FixedJobPaths.Embedded);
        Assert.Equal((false, Full), await _plane.SubmitAsync(Recipe) is var refused ? (refused.Accepted, refused.Refusal) : default);
        _unfit.Clear();
        _ = _plane.Book.TryTake(out _);
        var owner = await _plane.StartJobAsync(Recipe);

        await _plane.EndAsync(owner, ReplicaOutcome.Failed, 7, Full, unfitHost: "attic");

        Assert.Equal((JobState.Failed, Full), await DescribeAsync() is var end ? (end.State, end.Failure) : default);
    }

    private async Task<TrainerAssignment> StartWhereItCanAsync()
    {
        var unfit = _unfit.ToList();
        _unfit.Clear();
        var owner = await _plane.StartJobAsync(Recipe);
        await _plane.CommittedAsync(owner, 40);
        _unfit.UnionWith(unfit);
        return owner;
    }

    private async Task BeatAsync()
    {
        await _plane.RegisterAsync(Bad, 1, 1, 1);
        await _plane.RegisterAsync(Good, 1);
    }

    private async Task LaterAsync(TimeSpan time)
    {
        _time.Advance(time);
        await BeatAsync();
        await _plane.Coordinator.CheckAsync();
    }

    private async Task DrainAsync()
    {
        await _plane.Coordinator.CheckAsync();
        while (_plane.Book.TryTake(out _))
        {
            await _plane.Coordinator.CheckAsync();
        }
    }

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);

    private async Task<IReadOnlyList<string>> ToldAsync(string kind)
        => [.. (await _plane.Jobs.WatchAsync(ControlPlane.Job, default, CancellationToken.None)).Events.Where(entry => entry.Kind == kind).Select(static entry => entry.Message)];
}
