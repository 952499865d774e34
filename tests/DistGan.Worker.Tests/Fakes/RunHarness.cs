using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Worker.Data;
using DistGan.Worker.Replicas;
using DistGan.Worker.Running;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>Runs one epoch of a replica against fakes, on a thread of its own.</summary>
internal sealed class RunHarness(Recipe recipe, MemoryStore store, FakeGrains grains)
{
    public const string Prefix = "runs/job/";
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static Recipe Recipe { get; } = new()
    {
        Budget = new BudgetRecipe { Steps = 60 },
        Topology = new TopologyRecipe { RoundSteps = 5, PatienceSeconds = 30 },
        Snapshots = new SnapshotsRecipe { EverySteps = 7, Keep = 3 },
        Samples = new SamplesRecipe { EverySteps = 20 },
        Evaluation = new EvaluationRecipe { EverySteps = 14 },
        Techniques = new TechniquesRecipe { ExperienceReplay = new ExperienceReplayRecipe(), HistoricalAveraging = new HistoricalAveragingRecipe() },
    };

    public WorkerOptions Options { get; init; } = new() { StoreDeadline = TimeSpan.Zero, FarewellLimit = TimeSpan.FromSeconds(5) };

    /// <summary>Changes what the replica is told to do.</summary>
    public Func<TrainerAssignment, TrainerAssignment> Assign { get; init; } = static assignment => assignment;

    /// <summary>Copies of uploaded data sets; null where none are fetched.</summary>
    public StoredDataCache? Data { get; init; }

    public ReplicaRunner? Runner { get; private set; }

    /// <summary>Trains under an epoch until its thread ends.</summary>
    public async Task<StartResult> RunAsync(IReplicaFactory factory, long epoch = 1, bool resume = false)
    {
        grains.Coordinator.CurrentEpoch = epoch;
        grains.Coordinator.End = new TaskCompletionSource<ReplicaEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var assignment = new TrainerAssignment
        {
            Replica = new ReplicaId(new JobId("job"), 0),
            Epoch = epoch,
            Recipe = new RecipeEnvelope { SchemaVersion = 1, Json = ReadOnlyMemory<byte>.Empty, Sha256 = "recipe" },
            Lease = new SlotLease { Worker = "here", Slot = 0, Device = "cpu", Threads = 1 },
            Resume = resume,
        };
        Runner = new ReplicaRunner(new RunSettings(Assign(assignment), recipe, Prefix, store, grains, TimeProvider.System, Options) { Data = Data }, factory);
        var thread = Task.Factory.StartNew(Runner.Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await thread.WaitAsync(Deadline);
        return await Runner.Started;
    }
}
