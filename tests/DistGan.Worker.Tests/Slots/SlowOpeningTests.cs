using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Worker.Replicas;
using DistGan.Worker.Slots;
using DistGan.Worker.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DistGan.Worker.Tests.Slots;

/// <summary>A replica that opens its data for longer than whoever asked can wait.</summary>
public sealed class SlowOpeningTests : IAsyncLifetime
{
    private static readonly ReplicaId Replica = new(new JobId("job"), 0);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly FakeGrains _grains = new();
    private readonly FakeTimeProvider _time = new();
    private readonly SlowFactory _factory = new();
    private readonly SlotHost _host;

    public SlowOpeningTests() => _host = new SlotHost(
        new WorkerOptions { Slots = 1, Threads = 1, StoreDeadline = TimeSpan.Zero }, new LocalSilo(), _factory, LocalSilo.NoData, new MemoryStore(), FixedJobPaths.Cluster, _grains, _time, NullLogger<SlotHost>.Instance);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _factory.Opened.TrySetResult();
        await _host.StopAsync(CancellationToken.None).WaitAsync(RunHarness.Deadline);
    }

    [Fact]
    public async Task Answer_StillOpeningAtTheLimit_SaysSoAndTellsTheStartWhenItHasOpened()
    {
        var answer = _host.AnswerWithinAsync(Assign(), Limit, CancellationToken.None);
        await _factory.Asked.Task.WaitAsync(RunHarness.Deadline);
        Assert.False(answer.IsCompleted);
        _time.Advance(Limit);

        Assert.Equal(new StartResult { Started = true, Opening = true }, await answer.WaitAsync(RunHarness.Deadline));
        Assert.Empty(_grains.Coordinator.Events);
        _factory.Opened.SetResult();
        Assert.True(SpinWait.SpinUntil(() => _grains.Coordinator.Events.Count > 0, RunHarness.Deadline), "Nobody has told that it trains.");

        var told = _grains.Coordinator.Events[0];
        Assert.Equal((EventKinds.Started, "Replica 0 has started on cpu with 1 thread.", 0.0), (told.Kind, told.Message, told.Data["step"]));
    }

    [Fact]
    public async Task Answer_OpenedWithinTheLimit_SaysWhereItStartsAndTellsNoEvent()
    {
        _factory.Opened.SetResult();

        Assert.Equal(new StartResult { Started = true }, await _host.AnswerWithinAsync(Assign(), Limit, CancellationToken.None).WaitAsync(RunHarness.Deadline));

        await _host.StopAsync(CancellationToken.None).WaitAsync(RunHarness.Deadline);
        Assert.DoesNotContain(_grains.Coordinator.Events, static entry => entry.Kind is EventKinds.Started or EventKinds.Resumed);
    }

    [Fact]
    public async Task Answer_CannotOpenAfterTheLimit_EndsAsFailed()
    {
        var answer = _host.AnswerWithinAsync(Assign(), Limit, CancellationToken.None);
        await _factory.Asked.Task.WaitAsync(RunHarness.Deadline);
        _time.Advance(Limit);
        await answer.WaitAsync(RunHarness.Deadline);
        _factory.Opened.SetException(new DistGanException("The disk is full."));

        var end = await _grains.Coordinator.End.Task.WaitAsync(RunHarness.Deadline);
        Assert.Equal(ReplicaOutcome.Failed, end.Outcome);
        Assert.EndsWith("The disk is full.", end.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain(_grains.Coordinator.Events, static entry => entry.Kind == EventKinds.Started);
    }

    private TrainerAssignment Assign()
    {
        var recipe = RunHarness.Recipe with { Threads = 1, Budget = new BudgetRecipe { Steps = 100_000_000 }, Snapshots = new SnapshotsRecipe { EverySteps = 1_000_000 } };
        var json = RecipeJson.Serialize(recipe);
        return new TrainerAssignment
        {
            Replica = Replica,
            Epoch = 1,
            Recipe = new RecipeEnvelope { SchemaVersion = 1, Json = json, Sha256 = RecipeJson.Sha256(json) },
            Lease = _host.Slots[0],
        };
    }

    private sealed class SlowFactory : IReplicaFactory
    {
        private readonly FakeFactory _inner = new();

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReplicaSession Open(Recipe recipe, int ordinal, SlotLease lease, ReplicaLinks links)
        {
            Asked.TrySetResult();
            Opened.Task.GetAwaiter().GetResult();
            return _inner.Open(recipe, ordinal, lease, links);
        }
    }
}
