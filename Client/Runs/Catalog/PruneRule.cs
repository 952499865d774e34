using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Runs.Catalog;

/// <summary>Which runs 'prune' removes: those that every condition given lets go.</summary>
/// <param name="Keep">The newest so many stay; null is no condition.</param>
/// <param name="OlderThan">Those written to since then stay; null is no condition.</param>
/// <param name="OnlyFailed">Those that did not fail stay.</param>
public sealed record PruneRule(int? Keep, TimeSpan? OlderThan, bool OnlyFailed)
{
    /// <summary>Whether there is any condition; without one, everything would go.</summary>
    public bool HasCondition => Keep is not null || OlderThan is not null || OnlyFailed;

    /// <summary>The runs to remove, the oldest first. What is running always stays.</summary>
    public IReadOnlyList<RunFacts> Choose(IReadOnlyList<RunFacts> runs, DateTimeOffset now)
        => [.. runs
            .OrderByDescending(static run => run.Updated)
            .Skip(Keep ?? 0)
            .Where(run => run.State != RunState.Running && (OlderThan is not { } age || now - run.Updated > age) && (!OnlyFailed || run.State == RunState.Failed))
            .Reverse()];
}
