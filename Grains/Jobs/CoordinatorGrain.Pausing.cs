using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>
/// A job that gives its slots back for a while, and snapshots on demand. Running or waiting, it stops as if it were interrupted, and is paused then: no end, and nothing that
/// waits for a slot. Resuming starts it as after an interruption; stopping makes an interruption of the pause.
/// </summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>Snapshots that were asked for and are not there yet, by replica: the number of the request, and the step at which it came.</summary>
    private readonly Dictionary<int, (long Request, long Step)> _wanted = [];
    private long _requests;

    public async Task<ActionResult> PauseAsync(CancellationToken cancellationToken = default)
    {
        var log = KnownLog();
        if (State.State == JobState.Paused || (IsActive && State.Pausing))
        {
            return ActionResult.Done;
        }

        if (!IsActive || IsEnding)
        {
            return ActionResult.Refuse($"The job '{Job}' is {State.State.ToString().ToLowerInvariant()} and cannot be paused: only one that runs or waits can.");
        }

        (State.Pausing, _interrupt, State.State) = (true, true, JobState.Stopping);
        await log.AddAsync(EventKinds.Pausing, "The job is asked to pause: each replica finishes its step, takes a snapshot and frees its slot.");
        Show(JobState.Stopping);
        await StoreAsync(cancellationToken);
        await InterruptTrainersAsync();
        await ConcludeAsync();
        return ActionResult.Done;
    }

    public Task<ActionResult> SnapshotAsync(CancellationToken cancellationToken = default)
    {
        _ = KnownLog();
        if (State.State != JobState.Running || IsEnding)
        {
            return Task.FromResult(ActionResult.Refuse($"The job '{Job}' is {State.State.ToString().ToLowerInvariant()}: only replicas that train can take a snapshot."));
        }

        _requests++;
        foreach (var replica in State.Replicas.Where(static record => record is { Outcome: null, Lease: not 0 }))
        {
            _wanted[replica.Ordinal] = (_requests, replica.Step);
        }

        return Task.FromResult(ActionResult.Done);
    }

    /// <summary>A pause that is asked to stop ends the job where it stands.</summary>
    private void StopPaused()
    {
        (State.State, _interrupt) = (JobState.Stopping, true);
        _ = _log!.AddAsync(EventKinds.Stopping, "The job, which was paused, is asked to stop.");
        Show(JobState.Stopping);
        CheckSoon();
    }

    /// <summary>Whether the end that is being made is a pause: somebody has still to train.</summary>
    private bool EndsAsPause() => State is { Pausing: true, Quarantine: null } && State.Replicas.Exists(static replica => replica.Outcome == ReplicaOutcome.Interrupted);

    /// <summary>A snapshot of a step before the request is none that was asked for.</summary>
    private void TakeSnapshot(int ordinal, long step)
    {
        if (_wanted.TryGetValue(ordinal, out var wanted) && step > wanted.Step)
        {
            _wanted.Remove(ordinal);
        }
    }
}
