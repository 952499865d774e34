using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>Replicas of a submission that start at the same time: each may take long to open its data.</summary>
internal sealed partial class CoordinatorGrain
{
    /// <summary>Starts the replicas, and has an answer about each before it returns, so that nobody starts after a refusal.</summary>
    private async Task<(bool Started, string? Refusal)> StartAllAsync(
        Recipe recipe, IReadOnlyList<SlotGrant> grants, IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken)
    {
        var starting = StartTogether(recipe, grants, epochs, cancellationToken);
        try
        {
            return await StartEachAsync(recipe, grants, starting);
        }
        finally
        {
            await ((Task)Task.WhenAll(starting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Tells that a replica opens its data, unless it has said meanwhile that it trains.</summary>
    private Task TellOpeningAsync(CoordinatorState.ReplicaRecord replica, SlotLease lease)
        => ((string[])[EventKinds.Started, EventKinds.Resumed]).Any(kind => _log!.Newest(kind, replica.Ordinal)?.Epoch == replica.Epoch)
            ? Task.CompletedTask
            : _log!.AddAsync(
                EventKinds.Opening,
                $"Replica {replica.Ordinal} opens its data on {lease.Device} of worker {lease.Worker}; it starts when they are there.",
                replica.Ordinal,
                replica.Epoch);

    /// <summary>Where a job goes on, replicas without a snapshot start after the others, who bring back what they begin from: the current merge, the numbers of those that are furthest.</summary>
    private List<Task<StartResult>> StartTogether(Recipe recipe, IReadOnlyList<SlotGrant> grants, IReadOnlyDictionary<int, long> epochs, CancellationToken cancellationToken)
    {
        var first = grants.Where(grant => !State.Resumes || epochs.ContainsKey(grant.Replica)).ToDictionary(static grant => grant.Replica, StartAsync);
        var others = Task.WhenAll(first.Values);
        return [.. grants.Select(grant => first.TryGetValue(grant.Replica, out var start) ? start : StartAfterAsync(grant))];

        Task<StartResult> StartAsync(SlotGrant grant) => StartTrainerAsync(recipe, RecordOf(grant.Replica), grant.Lease, comesLate: false, cancellationToken);

        async Task<StartResult> StartAfterAsync(SlotGrant grant)
            => (await others).Any(static other => other is { Started: false, Busy: false, UnfitHost: null }) ? EndedMeanwhile : await StartAsync(grant);
    }
}
