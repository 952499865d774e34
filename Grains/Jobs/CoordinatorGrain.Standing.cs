using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>
/// Where replicas stand. What they report is kept in memory alone, and this grain may move at any time: one that has not reported since, or trains no more, stands at least where its
/// newest snapshot does.
/// </summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>The step of the newest snapshot of each replica, as far as this activation has looked or heard.</summary>
    private readonly Dictionary<int, long> _committed = [];

    /// <summary>Images a second of each replica, as of its newest report to this activation.</summary>
    private readonly Dictionary<int, double> _rates = [];

    /// <summary>Looks into the run folder: a snapshot may have been committed while nobody was here to hear of it.</summary>
    private async Task FindSnapshotsAsync(CancellationToken cancellationToken)
    {
        if (IsEnd(State.State))
        {
            return;
        }

        foreach (var replica in State.Replicas)
        {
            if (await Folder.NewestSnapshotAsync(replica.Ordinal, cancellationToken) is { } newest)
            {
                _committed[replica.Ordinal] = newest.Step;
            }

            StandAtSnapshot(replica);
        }
    }

    /// <summary>The step of its newest snapshot; null where it has none.</summary>
    private long? StepOfSnapshot(CoordinatorState.ReplicaRecord replica)
        => _committed.TryGetValue(replica.Ordinal, out var step) ? step
            : _log!.Newest(EventKinds.Snapshot, replica.Ordinal) is { } entry ? (long)entry.Data.GetValueOrDefault("step")
            : null;

    /// <summary>What is known of a replica is nothing older than its newest snapshot.</summary>
    private void StandAtSnapshot(CoordinatorState.ReplicaRecord replica)
    {
        if (StepOfSnapshot(replica) is not { } step || step <= replica.Step)
        {
            return;
        }

        replica.Step = step;
        if (_log!.Newest(EventKinds.Snapshot, replica.Ordinal) is { } entry)
        {
            replica.Images = Math.Max(replica.Images, (long)entry.Data.GetValueOrDefault("images"));
            replica.Seconds = Math.Max(replica.Seconds, entry.Data.GetValueOrDefault("seconds"));
        }
    }

    private void TakeRate(ReplicaProgress progress)
    {
        if (progress.Values.TryGetValue(MetricNames.ImagesPerSecond, out var rate) && double.IsFinite(rate))
        {
            _rates[progress.Replica] = rate;
        }
    }

    /// <summary>Images a second of those that train, together; of one that has not said how fast it is, its average.</summary>
    private double CurrentRate()
        => State.Replicas
            .Where(static replica => replica is { Outcome: null, Lease: not 0 })
            .Sum(replica => _rates.TryGetValue(replica.Ordinal, out var rate) ? rate : replica.Seconds > 0 ? replica.Images / replica.Seconds : 0);
}
