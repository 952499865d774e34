using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;
using DistGan.Worker.Data;
using DistGan.Worker.Replicas;
using DistGan.Worker.Running;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace DistGan.Worker.Slots;

/// <summary>The slots of this worker, and the dedicated thread of each replica that trains on one.</summary>
internal sealed partial class SlotHost(
    WorkerOptions options,
    ILocalSiloDetails silo,
    IReplicaFactory factory,
    StoredDataCache data,
    IObjectStore store,
    IJobPaths paths,
    IRunGrains grains,
    TimeProvider time,
    ILogger<SlotHost> logger)
{
    /// <summary>How long a new owner waits for a thread that is about to end.</summary>
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Dictionary<int, Occupant> _occupants = [];
    private bool _isLeaving;

    /// <summary>What this worker offers.</summary>
    public IReadOnlyList<SlotLease> Slots { get; } = SlotTable.For(options, silo.SiloAddress.ToParsableString(), Environment.ProcessorCount);

    /// <summary>Whether a lease is of a slot of this worker.</summary>
    public bool IsOf(SlotLease lease) => lease.Worker == silo.SiloAddress.ToParsableString();

    /// <summary>Starts a replica's thread on the slot that it leased, unless it runs there under this epoch already.</summary>
    public async Task<StartResult> StartAsync(TrainerAssignment assignment)
    {
        var recipe = RecipeJson.Deserialize(assignment.Recipe.Json.Span);
        if (Refuse(assignment, recipe) is { } refusal)
        {
            // A trainer that an earlier lease left here goes away, and the next call places it right.
            return new StartResult { Started = false, Refusal = refusal, Busy = !IsOf(assignment.Lease) };
        }

        await MakeRoomAsync(assignment);
        Task<StartResult> started;
        lock (_gate)
        {
            started = _occupants.TryGetValue(assignment.Lease.Slot, out var present) ? StartedAlready(assignment, present)
                : _isLeaving ? Task.FromResult(new StartResult { Started = false, Busy = true, Refusal = $"Worker {assignment.Lease.Worker} is stopping and takes no replica any more." })
                : Launch(assignment, recipe);
        }

        return await started;
    }

    /// <summary>Whoever asked for this start waits no more: it counts as started, and how it goes on is told as an end.</summary>
    public Task<StartResult> TakeAsStarted(TrainerAssignment assignment)
        => Find(assignment.Replica) is { } occupant && occupant.Epoch == assignment.Epoch ? occupant.Runner.TakeAsStarted() : Task.FromResult(new StartResult { Started = true });

    private static Task<StartResult> StartedAlready(TrainerAssignment assignment, Occupant present)
        => present.Replica == assignment.Replica && present.Epoch == assignment.Epoch
            ? present.Runner.Started
            : Task.FromResult(new StartResult
            {
                Started = false,
                Busy = true,
                Refusal = $"Slot {assignment.Lease.Slot} of worker {assignment.Lease.Worker} still trains replica {present.Replica} under epoch {present.Epoch}; wait for its end.",
            });

    private Task<StartResult> Launch(TrainerAssignment assignment, Recipe recipe)
    {
        var run = new RunSettings(assignment, recipe, paths.PrefixOf(assignment.Replica.Job), store, grains, time, options) { Data = data };
        var occupant = new Occupant(assignment.Replica, assignment.Epoch, new ReplicaRunner(run, factory));
        _occupants.Add(assignment.Lease.Slot, occupant);
        var thread = new Thread(() => Occupy(assignment, occupant)) { IsBackground = true, Name = $"train {assignment.Replica}" };
        thread.UnsafeStart();
        return occupant.Runner.Started;
    }

    /// <summary>Waits for a thread on the slot that is ending anyway, or that an older owner of the same replica left.</summary>
    private async Task MakeRoomAsync(TrainerAssignment assignment)
    {
        Occupant? present;
        lock (_gate)
        {
            present = _occupants.GetValueOrDefault(assignment.Lease.Slot);
        }

        var isOlder = present?.Replica == assignment.Replica && present.Epoch < assignment.Epoch;
        if (present is null || !(isOlder || present.Runner.IsLeaving))
        {
            return;
        }

        if (isOlder && !present.Runner.IsLeaving)
        {
            present.Runner.Supersede();
        }

        try
        {
            await present.Ended.Task.WaitAsync(HandOverLimit, time);
        }
        catch (TimeoutException)
        {
            // The refusal that follows says who is still there.
        }
    }

    /// <summary>Asks a replica to end with a snapshot.</summary>
    public void Interrupt(ReplicaId replica) => Find(replica)?.Runner.Interrupt();

    /// <summary>Asks a replica to end after its step without a snapshot, unless a newer owner than <paramref name="epoch"/> trains it.</summary>
    public void Halt(ReplicaId replica, long epoch)
    {
        if (Find(replica) is { } occupant && occupant.Epoch <= epoch)
        {
            occupant.Runner.Halt();
        }
    }

    public bool IsRunning(ReplicaId replica) => Find(replica) is not null;

    /// <summary>Completes when the replica's thread has ended, or at once where none runs.</summary>
    public Task EndOf(ReplicaId replica) => Find(replica)?.Ended.Task ?? Task.CompletedTask;

    /// <summary>Interrupts every replica and waits until all threads have ended.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => EndAllAsync(static runner => runner.Interrupt()).WaitAsync(cancellationToken);

    /// <summary>Takes no replica any more; ends each one with a snapshot, to go on elsewhere, and waits until all threads have ended.</summary>
    public Task LeaveAsync()
    {
        lock (_gate)
        {
            _isLeaving = true;
        }

        return EndAllAsync(static runner => runner.Leave());
    }

    private Task EndAllAsync(Action<ReplicaRunner> end)
    {
        Occupant[] all;
        lock (_gate)
        {
            all = [.. _occupants.Values];
        }

        Array.ForEach(all, occupant => end(occupant.Runner));
        return Task.WhenAll(all.Select(static occupant => occupant.Ended.Task));
    }

    private string? Refuse(TrainerAssignment assignment, Recipe recipe)
    {
        var here = silo.SiloAddress.ToParsableString();
        var lease = assignment.Lease;
        if (lease.Worker != here)
        {
            return $"Replica {assignment.Replica} was leased a slot of worker {lease.Worker}, but its trainer is on {here}.";
        }

        if (lease.Slot < 0 || lease.Slot >= Slots.Count)
        {
            return $"Worker {here} has no slot {lease.Slot}; it has {Slots.Count}.";
        }

        var threads = recipe.Threads ?? lease.Threads;
        return Slots[lease.Slot].Threads < threads
            ? $"Slot {lease.Slot} of worker {here} offers {Slots[lease.Slot].Threads} threads, fewer than the {threads} that replica {assignment.Replica} needs."
            : null;
    }

    private Occupant? Find(ReplicaId replica)
    {
        lock (_gate)
        {
            return _occupants.Values.FirstOrDefault(occupant => occupant.Replica == replica);
        }
    }

    private void Occupy(TrainerAssignment assignment, Occupant occupant)
    {
        LogStarted(logger, assignment.Replica, assignment.Epoch, assignment.Lease.Slot);
        try
        {
            occupant.Runner.Run();
        }
#pragma warning disable CA1031 // an exception that escapes a thread would end the process
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogEscaped(logger, exception, assignment.Replica);
        }

        lock (_gate)
        {
            _occupants.Remove(assignment.Lease.Slot);
        }

        if (occupant.Runner.IsHalted)
        {
            LogHalted(logger, assignment.Replica, assignment.Epoch);
        }
        else if (occupant.Runner.IsSuperseded)
        {
            LogSuperseded(logger, assignment.Replica, assignment.Epoch);
        }

        LogEnded(logger, assignment.Replica, assignment.Epoch);
        occupant.Ended.TrySetResult();
    }

    private sealed record Occupant(ReplicaId Replica, long Epoch, ReplicaRunner Runner)
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
