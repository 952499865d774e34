using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Jobs;

/// <summary>
/// A submission that is refused. Where it would have made the job, nothing is left of it: no files, no state, no slot, and the name is free. Where something has to stay, the job has
/// failed for that reason, and can be submitted again or deleted.
/// </summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>How long threads that were started have to end before the files are removed that they may still write.</summary>
    private static readonly TimeSpan EndsAfterRefusal = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether a submission makes a job of which there is nothing yet, in a folder of its own.</summary>
    private async Task<bool> IsNewAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        if (State.State != JobState.Pending || submission.Resume || !HasFolder)
        {
            return false;
        }

        await foreach (var _ in store.ListAsync(paths.PrefixOf(Job), cancellationToken))
        {
            return false;
        }

        return true;
    }

    /// <summary>After a refusal: nobody owns a replica any more, the slots are free, and the job is what it was.</summary>
    private async Task TakeBackAsync((JobState State, string? Failure) before, bool isNew, IReadOnlyList<SlotGrant> placed, string refusal)
    {
        var fails = _log is not null && before.State == JobState.Pending && HasFolder;
        (_live, State.Failure) = (false, before.Failure);
        State.State = fails ? JobState.Failed : IsUnderWay(before.State) ? JobState.Interrupted : before.State;
        var ended = await HaltPlacedAsync(placed);
        await TryWithdrawAsync();
        if (fails)
        {
            if (!isNew || !ended || !await TryRemoveAsync())
            {
                await FailAsync(refusal);
            }

            return;
        }

        if (_log is not null)
        {
            await StoreAsync(CancellationToken.None);
        }

        Show(State.State);
    }

    /// <summary>Ends what was started on slots that were given at first, or are held now; whether none of it runs any more.</summary>
    private async Task<bool> HaltPlacedAsync(IReadOnlyList<SlotGrant> placed)
    {
        var first = placed.Select(static grant => (grant.Replica, grant.Lease.Worker));
        var now = State.Replicas.Where(static replica => replica is { Lease: not 0, Worker: not null }).Select(static replica => (replica.Ordinal, replica.Worker!));
        return (await Task.WhenAll(first.Union(now).Select(EndAsync).ToList())).All(static ended => ended);

        async Task<bool> EndAsync((int Ordinal, string Worker) place)
        {
            await HaltAsync(place.Ordinal, place.Worker, RecordOf(place.Ordinal).Epoch);
            return await HasEndedAsync(place.Ordinal, place.Worker);
        }
    }

    private async Task<bool> HasEndedAsync(int ordinal, string worker)
    {
        var start = time.GetTimestamp();
        try
        {
            while (await Hands.IsRunningAsync(ordinal, worker, CancellationToken.None))
            {
                if (time.GetElapsedTime(start) > EndsAfterRefusal)
                {
                    return false;
                }

                await Task.Delay(LooksAgainAfter, time);
            }

            return true;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogNotHalted(logger, Hands.Id(ordinal), exception);
            return false;
        }
    }

    private async Task<bool> TryRemoveAsync()
    {
        try
        {
            // First: what is left where this is broken off is a job that can be deleted.
            await StoreAsync(CancellationToken.None);
            await _log!.FlushAsync().WaitAsync(StoreLimit, time);
            await RemoveAsync(paths.PrefixOf(Job), CancellationToken.None);
            _news.Set();
            return true;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or ObjectStoreException)
        {
            LogNotRemoved(logger, Job, exception);
            return false;
        }
    }

    /// <summary>What stays of a job that was refused is shown, and can be deleted.</summary>
    private Task FailAsync(string refusal)
    {
        State.Replicas.ForEach(replica => (replica.Outcome, replica.Failure) = (ReplicaOutcome.Failed, refusal));
        return FinishAsync();
    }
}
