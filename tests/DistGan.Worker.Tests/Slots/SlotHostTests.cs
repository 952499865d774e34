using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Worker.Slots;
using DistGan.Worker.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistGan.Worker.Tests.Slots;

public sealed class SlotHostTests
{
    private static readonly ReplicaId Replica = new(new JobId("job"), 0);
    private readonly FakeGrains _grains = new();
    private readonly FakeFactory _factory = new();
    private readonly MemoryStore _store = new();
    private readonly SlotHost _host;

    public SlotHostTests() => _host = HostOf(_factory);

    private SlotHost HostOf(FakeFactory factory) => new(
        new WorkerOptions { Slots = 2, Threads = 1, StoreDeadline = TimeSpan.Zero }, new LocalSilo(), factory, LocalSilo.NoData, _store, FixedJobPaths.Cluster, _grains, TimeProvider.System, NullLogger<SlotHost>.Instance);

    [Fact]
    public void For_AutomaticThreads_SharesTheCores()
        => Assert.Equal(
            [("cpu", 0, 2), ("cpu", 1, 2), ("cuda:0", 2, 2), ("cuda:0", 3, 2)],
            SlotTable.For(new WorkerOptions { Devices = ["cpu", "cuda:0"], Slots = 2 }, "here", cores: 9).Select(slot => (slot.Device, slot.Slot, slot.Threads)));

    [Fact]
    public async Task StartAsync_LeaseOfAnotherWorker_IsRefused()
    {
        var assignment = Assign(1);

        var result = await _host.StartAsync(assignment with { Lease = assignment.Lease with { Worker = "S10.0.0.1:1:1" } });

        Assert.False(result.Started);
        Assert.Contains("leased a slot of worker S10.0.0.1:1:1", result.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_MoreThreadsThanTheSlotOffers_IsRefused()
        => Assert.Contains("offers 1 threads, fewer than the 4", (await _host.StartAsync(Assign(1, threads: 4))).Refusal, StringComparison.Ordinal);

    [Fact]
    public async Task StartAsync_SlotTakenByAnother_IsRefusedAndTheFirstGoesOn()
    {
        Assert.True((await _host.StartAsync(Assign(1))).Started);
        var other = Assign(1) with { Replica = new ReplicaId(new JobId("other"), 0) };

        var result = await _host.StartAsync(other);

        Assert.Contains("still trains replica job/0 under epoch 1", result.Refusal, StringComparison.Ordinal);
        Assert.True(_host.IsRunning(Replica));
        Assert.True((await _host.StartAsync(Assign(1))).Started);
        await StopAsync();
        Assert.Single(_factory.Made);
        Assert.Equal(ReplicaOutcome.Interrupted, (await _grains.Coordinator.End.Task).Outcome);
    }

    [Fact]
    public async Task StartAsync_NewEpochOfTheSameReplica_TakesTheSlotOver()
    {
        Assert.True((await _host.StartAsync(Assign(1))).Started);
        _grains.Coordinator.CurrentEpoch = 2;

        var result = await _host.StartAsync(Assign(2));

        Assert.True(result.Started, result.Refusal);
        Assert.Equal(2, _factory.Made.Count);
        await StopAsync();
        Assert.False(_host.IsRunning(Replica));
        Assert.Equal(2, (await _grains.Coordinator.End.Task).Epoch);
    }

    [Fact]
    public async Task AnswerWithin_AStartThatTakesTooLong_ReportsItsFailureAsAnEnd()
    {
        using var opened = new ManualResetEventSlim();
        var host = HostOf(new FakeFactory(_ =>
        {
            opened.Wait(RunHarness.Deadline);
            throw new MachineException("The disk is full.");
        }));

        var taken = await host.AnswerWithinAsync(Assign(1), TimeSpan.FromMilliseconds(1), CancellationToken.None);
        opened.Set();
        var end = await _grains.Coordinator.End.Task.WaitAsync(RunHarness.Deadline);

        Assert.Equal((true, true), (taken.Started, taken.Opening));
        Assert.Equal((ReplicaOutcome.Failed, "The disk is full.", Environment.MachineName), (end.Outcome, end.Failure, end.UnfitHost));
        await host.StopAsync(CancellationToken.None).WaitAsync(RunHarness.Deadline);
    }

    [Fact]
    public async Task LeaveAsync_AReplicaThatTrains_EndsToGoOnElsewhereAndNoneIsTaken()
    {
        Assert.True((await _host.StartAsync(Assign(1))).Started);

        await _host.LeaveAsync().WaitAsync(RunHarness.Deadline);
        var after = await _host.StartAsync(Assign(2));

        var end = await _grains.Coordinator.End.Task;
        Assert.Equal((ReplicaOutcome.Interrupted, true), (end.Outcome, end.WorkerLeaves));
        Assert.Equal((false, true), (after.Started, after.Busy));
        Assert.Contains("is stopping and takes no replica any more", after.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Halt_OfTheOwner_EndsItWithoutASnapshotOrAWordAndTheNextWaitsForItsPlace()
    {
        Assert.True((await _host.StartAsync(Assign(1))).Started);
        var end = _host.EndOf(Replica);

        _host.Halt(Replica, 0);
        var step = _factory.Last.Step;
        Assert.True(SpinWait.SpinUntil(() => _grains.Coordinator.Reports.Any(report => report.Progress.Step > step + 100), RunHarness.Deadline), "Whoever halts an older epoch has halted this one.");
        _host.Halt(Replica, 1);
        var other = await _host.StartAsync(Assign(1) with { Replica = new ReplicaId(new JobId("other"), 0) });
        await end.WaitAsync(RunHarness.Deadline);

        Assert.True(other.Started, other.Refusal);
        Assert.False(_grains.Coordinator.End.Task.IsCompleted);
        await StopAsync(); // the other one writes to the store until then
        Assert.DoesNotContain(_store.Objects.Keys, static name => name.StartsWith("jobs/job/", StringComparison.Ordinal) && name.EndsWith("manifest.json", StringComparison.Ordinal));
        Assert.Contains("jobs/job/metrics.jsonl", _store.Objects.Keys);
    }

    private async Task StopAsync() => await _host.StopAsync(CancellationToken.None).WaitAsync(RunHarness.Deadline);

    private TrainerAssignment Assign(long epoch, int threads = 1)
    {
        var recipe = RunHarness.Recipe with { Threads = threads, Budget = new BudgetRecipe { Steps = 100_000_000 }, Snapshots = new SnapshotsRecipe { EverySteps = 1_000_000 } };
        var json = RecipeJson.Serialize(recipe);
        return new TrainerAssignment
        {
            Replica = Replica,
            Epoch = epoch,
            Recipe = new RecipeEnvelope { SchemaVersion = 1, Json = json, Sha256 = RecipeJson.Sha256(json) },
            Lease = _host.Slots[0],
        };
    }
}
