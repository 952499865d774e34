using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Hosting.Storage;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>What is left of a job whose submission is refused: nothing, or one that has failed and can be deleted.</summary>
public sealed class RefusedSubmissionTests : IAsyncLifetime
{
    private const string Refusal = "There is no data set at /nowhere.";
    private static readonly Recipe Recipe = new() { Threads = 1, Topology = new TopologyRecipe { Replicas = 2 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("distgan-").FullName;
    private BrittleStore? _brittle;
    private ControlPlane _plane = null!;

    public async ValueTask InitializeAsync()
    {
        _plane = await ControlPlane.StartAsync(_folder, paths: FixedJobPaths.Cluster, seen: store => _brittle = new BrittleStore(store));
        await _plane.RegisterAsync(_plane.Silos[0], 1, 1, 1);
        _plane.Book.Answer = static assignment => Task.FromResult(assignment.Replica.Ordinal == 1 ? new StartResult { Started = false, Refusal = Refusal } : new StartResult { Started = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Submit_AWorkerRefuses_LeavesNothingAndNobodyTrains()
    {
        Assert.Equal(Refusal, (await _plane.SubmitAsync(Recipe)).Refusal);

        Assert.Contains(("fashion/0", 1L), _plane.Book.Halted);
        Assert.DoesNotContain(true, _plane.Book.Running.Values);
        Assert.Equal(3, await _plane.FreeSlotsAsync());
        Assert.Empty(await _plane.Jobs.ListAsync(CancellationToken.None));
        await Assert.ThrowsAsync<UnknownJobException>(DescribeAsync);
        await Assert.ThrowsAsync<UnknownJobException>(() => _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None));
        Assert.DoesNotContain(Files(), static file => file.Contains("fashion", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_AfterARefusal_IsANewJob()
    {
        await _plane.SubmitAsync(Recipe);
        Assert.True(_plane.Book.TryTake(out _) && _plane.Book.TryTake(out _), "No trainer was started.");
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true });

        var zero = await _plane.StartJobAsync(Recipe with { Seed = 9 });

        Assert.Equal((1L, 1L), (zero.Epoch, zero.Start));
        Assert.Equal((JobState.Running, 1), ((await DescribeAsync()).State, await _plane.CountAsync(ControlPlane.Job, EventKinds.Submitted)));
    }

    [Fact]
    public async Task Submit_AThreadDoesNotEnd_TheJobHasFailedUntilItIsDeleted()
    {
        _plane.Book.Undying = "fashion/0";

        Assert.Equal(Refusal, (await _plane.SubmitAsync(Recipe)).Refusal);

        await ExpectFailedAsync(Refusal);
        await ExpectDeletedAsync();
    }

    [Fact]
    public async Task Submit_FilesCannotBeRemoved_TheJobHasFailedUntilItIsDeleted()
    {
        _brittle!.KeepsFiles = true;

        Assert.Equal(Refusal, (await _plane.SubmitAsync(Recipe)).Refusal);

        await ExpectFailedAsync(Refusal);
        _brittle.KeepsFiles = false;
        await ExpectDeletedAsync();
    }

    [Fact]
    public async Task Submit_WhereFilesLieThatNobodyKnowsOf_RemovesNoneOfThem()
    {
        var snapshot = FixedJobPaths.Cluster.PrefixOf(ControlPlane.Job) + RunFiles.Snapshot(0, 70, 3) + RunFiles.Manifest;
        await _plane.Store.PutAsync(snapshot, "{}"u8.ToArray(), PutCondition.None, CancellationToken.None);

        Assert.Equal(Refusal, (await _plane.SubmitAsync(Recipe)).Refusal);

        Assert.NotNull(await _plane.ReadAsync(snapshot));
        await ExpectFailedAsync(Refusal);
    }

    [Fact]
    public async Task Submit_RefusedResumption_LeavesTheJobAsItWas()
    {
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true });
        var (zero, one) = (await _plane.StartJobAsync(Recipe), await _plane.Book.TakeAsync());
        await _plane.EndAsync(zero, ReplicaOutcome.Interrupted, 20);
        await _plane.EndAsync(one, ReplicaOutcome.Failed, 20, "The disk is full.");
        var snapshot = FixedJobPaths.Cluster.PrefixOf(ControlPlane.Job) + RunFiles.Snapshot(0, 20, 1) + RunFiles.Manifest;
        await _plane.Store.PutAsync(snapshot, "{}"u8.ToArray(), PutCondition.None, CancellationToken.None);
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = false, Refusal = Refusal });

        Assert.Equal(Refusal, (await _plane.SubmitAsync(Recipe, resume: true)).Refusal);

        Assert.Equal((JobState.Interrupted, 3), ((await DescribeAsync()).State, await _plane.FreeSlotsAsync()));
        Assert.NotNull(await _plane.ReadAsync(snapshot));
        Assert.Single(await _plane.Jobs.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Submit_TwoReplicas_AreAskedAtTheSameTimeAndToldInOrder()
    {
        var asked = new CountdownEvent(2);
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _plane.Book.Answer = async _ =>
        {
            if (asked.Signal())
            {
                both.SetResult();
            }

            await both.Task.WaitAsync(TimeSpan.FromSeconds(5));
            return new StartResult { Started = true };
        };

        await _plane.StartJobAsync(Recipe);

        var events = (await _plane.Jobs.WatchAsync(ControlPlane.Job, default, CancellationToken.None)).Events;
        Assert.Equal([(EventKinds.Submitted, null), (EventKinds.Started, 0), (EventKinds.Started, 1)], events.Select(static entry => (entry.Kind, entry.Replica)));
    }

    [Fact]
    public async Task Submit_ResumedWithOneThatHasNoSnapshot_ItIsAskedAfterTheOther()
    {
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true });
        var (zero, one) = (await _plane.StartJobAsync(Recipe), await _plane.Book.TakeAsync());
        await _plane.EndAsync(zero, ReplicaOutcome.Interrupted, 20);
        await _plane.EndAsync(one, ReplicaOutcome.Interrupted, 20);
        var snapshot = FixedJobPaths.Cluster.PrefixOf(ControlPlane.Job) + RunFiles.Snapshot(1, 20, 1) + RunFiles.Manifest;
        await _plane.Store.PutAsync(snapshot, "{}"u8.ToArray(), PutCondition.None, CancellationToken.None);
        var places = _plane.Book.Places.Count;
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = false, Refusal = Refusal });
        Assert.Equal(Refusal, (await _plane.SubmitAsync(Recipe, resume: true)).Refusal);
        Assert.Equal(["fashion/1"], _plane.Book.Places.Skip(places).Select(static place => place.Trainer));
        _plane.Book.Answer = static _ => Task.FromResult(new StartResult { Started = true });

        Assert.True((await _plane.SubmitAsync(Recipe, resume: true)).Accepted);

        Assert.Equal(["fashion/1", "fashion/0"], _plane.Book.Places.Skip(places + 1).Select(static place => place.Trainer));
    }

    [Fact]
    public async Task Stop_WhatIsLeftOfASubmissionThatWasBrokenOff_SaysThatDeleteRemovesIt()
    {
        await _plane.Store.PutAsync("grainstate/coordinator-coordinator_2Ffashion.json", "{\"state\":\"Pending\"}"u8.ToArray(), PutCondition.None, CancellationToken.None);
        await _plane.Store.PutAsync(FixedJobPaths.Cluster.PrefixOf(ControlPlane.Job) + RunFiles.Recipe, "name: fashion"u8.ToArray(), PutCondition.None, CancellationToken.None);

        var stop = await Assert.ThrowsAsync<UnknownJobException>(() => _plane.Jobs.InterruptAsync(ControlPlane.Job, CancellationToken.None));
        var now = await Assert.ThrowsAsync<UnknownJobException>(() => _plane.Jobs.StopNowAsync(ControlPlane.Job, CancellationToken.None));

        Assert.Contains("only what is left of a submission that did not come to its end: delete removes it.", stop.Message, StringComparison.Ordinal);
        Assert.Equal(stop.Message, now.Message);
        await ExpectDeletedAsync();
    }

    private async Task ExpectFailedAsync(string why)
    {
        var job = Assert.Single(await _plane.Jobs.ListAsync(CancellationToken.None));
        Assert.Equal((JobState.Failed, why), (job.State, job.Failure));
        Assert.Equal(3, await _plane.FreeSlotsAsync());
        Assert.False(await _plane.Coordinator.OwnsAsync(new ReplicaId(ControlPlane.Job, 0), 1));
    }

    private async Task ExpectDeletedAsync()
    {
        var deleted = await _plane.Jobs.DeleteAsync(ControlPlane.Job, CancellationToken.None);
        Assert.True(deleted.Accepted, deleted.Refusal);
        Assert.Empty(await _plane.Jobs.ListAsync(CancellationToken.None));
        Assert.DoesNotContain(Files(), static file => file.Contains("fashion", StringComparison.Ordinal));
    }

    private IEnumerable<string> Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder, file));

    private Task<JobSummary> DescribeAsync() => _plane.Jobs.DescribeAsync(ControlPlane.Job, CancellationToken.None);
}
