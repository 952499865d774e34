using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>
/// Workers that cannot train this job for a reason of their machine: a full disk, a path that is not there. Their slots are avoided for a while and another worker is asked; then they are
/// asked again, as somebody may have mended them. That is kept in memory: an activation that knows nothing of them asks each once.
/// </summary>
internal sealed partial class CoordinatorGrain
{
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromMinutes(5);

    /// <summary>By the address of the worker, since the newest start of the job.</summary>
    private readonly Dictionary<string, UnfitWorker> _unfit = new(StringComparer.Ordinal);

    private IReadOnlyList<string> Avoided => [.. _unfit.Keys.Where(IsAvoided).Order(StringComparer.Ordinal)];

    private bool IsAvoided(string worker) => _unfit.TryGetValue(worker, out var known) && time.GetElapsedTime(known.Since) < AskedAgainAfter;

    /// <summary>The host whose place another one may take; null beside a run folder that is a store of its own, where there is one worker.</summary>
    private string? Replaceable(string? unfitHost) => paths.PrefixOf(Job).EndsWith('/') ? unfitHost : null;

    /// <summary>A replica whose worker cannot train it goes on elsewhere. That is no loss, and each reason of a worker is told once.</summary>
    private async Task PassOnAsync(CoordinatorState.ReplicaRecord replica, string host, string? reason)
    {
        var worker = replica.Worker ?? "unknown";
        var unfit = new UnfitWorker(host, reason ?? "it gives no reason.", time.GetTimestamp());
        var isKnown = _unfit.TryGetValue(worker, out var known) && known.Reason == unfit.Reason;
        _unfit[worker] = unfit;
        replica.Epoch++;
        StandAtSnapshot(replica);
        replica.Outcome = replica.Leaving == LeavingReason.ScaledDown ? ReplicaOutcome.Retired : replica.Outcome;
        replica.Leaving = LeavingReason.None;
        if (!isKnown)
        {
            await _log!.AddAsync(
                EventKinds.Warning,
                $"Worker {worker} (host {host}) cannot train replica {replica.Ordinal}: {unfit.Reason}{(IsEnding ? "" : $" Another one is asked, and this one again after {Count((long)AskedAgainAfter.TotalMinutes, "minute")}.")}",
                replica.Ordinal,
                replica.Epoch);
        }

        await TryAvoidAsync();
        await TryReleaseAsync(replica);
        CheckSoon();
    }

    /// <summary>The directory hears what is avoided before the slot is free: otherwise it would give it to this job again.</summary>
    private async Task TryAvoidAsync()
    {
        try
        {
            _ = await Hands.ClaimAsync(CurrentClaim(), CancellationToken.None);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or ObjectStoreException)
        {
            // A slot that comes again is given back at the next look.
            LogNotAvoided(logger, Job, exception);
        }
    }

    /// <summary>Starts at workers that were not asked yet, as long as none of those asked could, and each round has found out about another one.</summary>
    /// <param name="recipe">As it was submitted: the threads are those of the slots that come.</param>
    /// <param name="epochs">Those of the newest snapshots, by replica.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<(bool Started, string? Refusal)> StartElsewhereAsync(Recipe recipe, IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken)
    {
        var (started, refusal) = (false, (string?)null);
        for (var known = 0; !started && refusal is null && !IsEnding && _unfit.Count > known;)
        {
            known = _unfit.Count;
            var grants = await ClaimElsewhereAsync(recipe, cancellationToken);
            (started, refusal) = await StartAllAsync(WithThreads(recipe, grants), grants, epochs, cancellationToken);
        }

        return (started, started || IsEnding ? refusal : refusal ?? await RefuseEverywhereAsync(recipe, cancellationToken));
    }

    private async Task<IReadOnlyList<SlotGrant>> ClaimElsewhereAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var claim = CurrentClaim() with { Threads = recipe.Threads ?? 1 };
        var grants = (await Hands.ClaimAsync(claim, cancellationToken)).Slots.Where(grant => RecordOf(grant.Replica) is { Outcome: null, Lease: 0 }).ToList();
        foreach (var grant in grants)
        {
            var replica = RecordOf(grant.Replica);
            replica.Epoch++;
            replica.Hold(grant.Lease);
        }

        await PutInForceAsync(WithThreads(recipe, grants), cancellationToken);
        return grants;
    }

    /// <summary>Why the job can start nowhere; null where it waits for a worker that may be able to.</summary>
    private async Task<string?> RefuseEverywhereAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        if (_unfit.Count == 0)
        {
            return null;
        }

        var slots = (await Hands.WorkersAsync(cancellationToken)).SelectMany(static worker => worker.Slots);
        var reasons = _unfit.Values.Select(static worker => $"On {worker.Host}: {worker.Reason}").Distinct(StringComparer.Ordinal);
        return slots.Any(slot => slot.Threads >= (recipe.Threads ?? 1) && !IsAvoided(slot.Worker)) ? null : $"No worker can train the job '{Job}'. {string.Join(' ', reasons)}";
    }

    /// <summary>The end of a sentence about who waits: which workers are avoided, and why.</summary>
    private string TellAvoided()
        => Avoided is { Count: > 0 } avoided
            ? $"{string.Concat(avoided.Select(worker => $" Worker {worker} (host {_unfit[worker].Host}) cannot train it: {_unfit[worker].Reason}"))} Who cannot is asked again after {Count((long)AskedAgainAfter.TotalMinutes, "minute")}, or when the job is resumed."
            : "";

    private sealed record UnfitWorker(string Host, string Reason, long Since);
}
