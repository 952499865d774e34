using System.Text;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>Replicas that a stopping worker has given back: each goes on from its snapshot on another one, once a slot is free.</summary>
internal sealed partial class CoordinatorGrain
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private IGrainTimer? _looking;

    /// <summary>Replicas that train on no worker and have not ended.</summary>
    private IEnumerable<CoordinatorState.ReplicaRecord> Homeless()
        => State.Replicas.Where(replica => IsActive && replica.Worker is null && replica.Outcome is null);

    private async Task LetGoAsync(CoordinatorState.ReplicaRecord replica)
    {
        replica.Worker = null;
        await _log!.AddAsync(
            EventKinds.HandedOver,
            $"Replica {replica.Ordinal} leaves its worker, which stops, with a snapshot at step {replica.Step}; it goes on where a slot is free.",
            replica.Ordinal, replica.Epoch, new Dictionary<string, double> { ["step"] = replica.Step });
        await TryReleaseAsync(replica.Ordinal);
        await StoreAsync(CancellationToken.None);
        LookForSlots();
    }

    private void LookForSlots()
        => _looking ??= this.RegisterGrainTimer(LookForSlotsAsync, new GrainTimerCreationOptions(LookEvery, LookEvery) { KeepAlive = true });

    private async Task LookForSlotsAsync(CancellationToken cancellationToken)
    {
        foreach (var replica in Homeless().ToList())
        {
            try
            {
                await (State.State == JobState.Stopping ? StayAwayAsync(replica, cancellationToken) : TryMoveAsync(replica, cancellationToken));
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException or ObjectStoreException)
            {
                // The timer tries again.
                LogNotMoved(logger, Hands.Id(replica.Ordinal), exception);
            }
        }

        if (!Homeless().Any())
        {
            _looking?.Dispose();
            _looking = null;
        }
    }

    /// <summary>The job is told to stop while a replica waits for a slot: its snapshot is its end.</summary>
    private Task StayAwayAsync(CoordinatorState.ReplicaRecord replica, CancellationToken cancellationToken)
    {
        replica.Outcome = ReplicaOutcome.Interrupted;
        return TakeEndAsync(replica, cancellationToken);
    }

    private async Task TryMoveAsync(CoordinatorState.ReplicaRecord replica, CancellationToken cancellationToken)
    {
        var recipe = RecipeJson.Deserialize(Encoding.UTF8.GetBytes(State.Recipe!));
        if (await Hands.LeaseAsync(replica.Ordinal, recipe.Threads ?? 1, cancellationToken) is not { } lease)
        {
            return;
        }

        // Alone, a replica takes what it shares with nobody back from its snapshot too, as a resumed one does.
        State.Starts += State.Replicas.Count == 1 ? 1 : 0;
        replica.Epoch++;
        await StoreAsync(cancellationToken);
        var result = await StartTrainerAsync(recipe, replica, lease, resume: true, cancellationToken);
        if (!result.Started)
        {
            await TryReleaseAsync(replica.Ordinal);
            return;
        }

        (replica.Worker, replica.Step) = (lease.Worker, result.Step);
        await StoreAsync(cancellationToken);
        await _log!.AddAsync(
            EventKinds.Resumed,
            $"Replica {replica.Ordinal} goes on from step {result.Step} on another worker.",
            replica.Ordinal, replica.Epoch, new Dictionary<string, double> { ["step"] = result.Step });
    }
}
