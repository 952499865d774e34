using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>
/// An end that waits for nobody. It comes between the calls that this grain waits for, as they may hang: what it changes at once is memory alone, and who goes on after such a call looks
/// whether a replica still holds its lease. The end itself is stored by the next look after the replicas.
/// </summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>How long the answer waits for the end to be stored.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    private static readonly StartResult EndedMeanwhile = new() { Started = false, Busy = true, Refusal = "The job was ended at once." };

    public async Task<StopResult> StopNowAsync(CancellationToken cancellationToken = default)
    {
        _ = AcceptedLog();
        var owners = State.State == JobState.Paused ? [] : State.Replicas.Where(static record => record.Outcome is null).ToList();
        var result = CostOf(owners);
        if (State.State == JobState.Paused)
        {
            StopPaused();
        }
        else if (IsActive && owners.Count > 0)
        {
            await DisownAsync(owners, result);
        }
        else
        {
            return result;
        }

        await EndAsync();
        return result;
    }

    private StopResult CostOf(IReadOnlyList<CoordinatorState.ReplicaRecord> owners) => new()
    {
        StepsLost = owners.Select(replica => replica.Step - (StepOfSnapshot(replica) ?? 0)).DefaultIfEmpty(0).Max(static steps => Math.Max(steps, 0)),
        CanResume = State.Replicas.Exists(replica => StepOfSnapshot(replica) is not null),
    };

    /// <summary>From the first line on no replica owns anything; then the slots are given back, and the threads hear of it whenever they answer.</summary>
    private async Task DisownAsync(IReadOnlyList<CoordinatorState.ReplicaRecord> owners, StopResult cost)
    {
        var held = new List<(int Ordinal, string? Worker, long Epoch, long Lease)>();
        foreach (var replica in owners)
        {
            held.Add((replica.Ordinal, replica.Worker, replica.Epoch, replica.Lease));
            replica.Outcome = replica.Leaving == LeavingReason.ScaledDown ? ReplicaOutcome.Retired : ReplicaOutcome.Interrupted;
            (replica.Lease, replica.Worker, replica.Leaving) = (0, null, LeavingReason.None);
        }

        (_interrupt, State.Pausing, State.State) = (true, false, JobState.Stopping);
        _ = _log!.AddAsync(
            EventKinds.Stopping,
            $"The job is ended at once: no snapshot is taken, and what was trained after the newest one is lost ({Count(cost.StepsLost, "step")} at the last report).",
            data: new Dictionary<string, double> { ["steps_lost"] = cost.StepsLost });
        Show(JobState.Stopping);
        held.RemoveAll(static one => one.Lease == 0);
        held.ForEach(one => HaltSoon(one.Ordinal, one.Worker!, one.Epoch));
        await TryFreeAsync(held.Select(static one => (one.Ordinal, one.Lease)));
    }

    /// <summary>The job stays known to the directory, which asks for the next look even where this grain moves before its end is stored.</summary>
    private async Task TryFreeAsync(IEnumerable<(int Ordinal, long Lease)> leases)
    {
        try
        {
            _ = await Hands.ClaimAsync(CurrentClaim(), CancellationToken.None);
            foreach (var (ordinal, lease) in leases)
            {
                await Hands.ReleaseAsync(ordinal, lease);
            }
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or ObjectStoreException)
        {
            LogNotWithdrawn(logger, Job, exception);
        }
    }

    private async Task EndAsync()
    {
        try
        {
            await this.AsReference<ICoordinatorGrain>().CheckAsync().WaitAsync(EndsWithin, time);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or ObjectStoreException)
        {
            LogEndDelayed(logger, Job, exception);
        }
    }

    /// <summary>Whether a replica still has the lease that it was started with, and is to go on.</summary>
    private static bool Holds(CoordinatorState.ReplicaRecord replica, SlotLease lease) => replica.Outcome is null && replica.Lease == lease.Number;

    /// <summary>A start that came too late.</summary>
    private StartResult TakenBack(TrainerAssignment assignment)
    {
        HaltSoon(assignment.Replica.Ordinal, assignment.Lease.Worker, assignment.Epoch);
        return EndedMeanwhile;
    }

    private void HaltSoon(int ordinal, string worker, long epoch) => _ = HaltAsync(ordinal, worker, epoch);

    private async Task HaltAsync(int ordinal, string worker, long epoch)
    {
        try
        {
            await Hands.HaltAsync(ordinal, worker, epoch);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogNotHalted(logger, Hands.Id(ordinal), exception);
        }
    }
}
