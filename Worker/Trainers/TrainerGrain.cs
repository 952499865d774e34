using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;
using DistGan.Worker.Slots;
using Orleans.Concurrency;
using Orleans.Placement;

namespace DistGan.Worker.Trainers;

/// <summary>
/// Steers one replica's training thread, which belongs to the worker's <see cref="SlotHost"/>. It lives where the slot is leased;
/// placed elsewhere it refuses and moves there: to go away is not enough, because who remembers where it was before would bring it to life here again.
/// </summary>
[KeepAlive, Immovable, Reentrant]
internal sealed class TrainerGrain(SlotHost slots, TimeProvider time) : Grain, ITrainerGrain
{
    /// <summary>Shorter than a grain call's time-out; opening large data may take longer, then its failure is reported as an end.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private ReplicaId Replica => ReplicaId.Parse(this.GetPrimaryKeyString());

    public async Task<StartResult> StartAsync(TrainerAssignment assignment, CancellationToken cancellationToken = default)
    {
        var result = await TryStartAsync(assignment, cancellationToken);
        if (result.Started)
        {
            _ = LeaveAfterAsync(slots.EndOf(assignment.Replica));
        }
        else if (slots.IsOf(assignment.Lease))
        {
            DeactivateOnIdle();
        }
        else
        {
            MigrateOnIdle();
        }

        return result;
    }

    public Task InterruptAsync(CancellationToken cancellationToken = default)
    {
        slots.Interrupt(Replica);
        return Task.CompletedTask;
    }

    public Task HaltAsync(long epoch, CancellationToken cancellationToken = default)
    {
        slots.Halt(Replica, epoch);
        return Task.CompletedTask;
    }

    public Task<bool> IsRunningAsync(CancellationToken cancellationToken = default) => Task.FromResult(slots.IsRunning(Replica));

    private async Task<StartResult> TryStartAsync(TrainerAssignment assignment, CancellationToken cancellationToken)
    {
        if (assignment.Replica != Replica)
        {
            return new StartResult { Started = false, Refusal = $"The trainer of replica {Replica} was asked to train {assignment.Replica}." };
        }

        try
        {
            return await slots.StartAsync(assignment).WaitAsync(StartLimit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return await slots.TakeAsStarted(assignment);
        }
        catch (DistGanException exception)
        {
            return new StartResult { Started = false, Refusal = exception.Message };
        }
    }

    private async Task LeaveAfterAsync(Task end)
    {
        await end;
        DeactivateOnIdle();
    }
}
