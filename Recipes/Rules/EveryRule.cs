namespace DistGan.Recipes;

/// <summary>Which steps draw samples, evaluate or make a snapshot: every n-th, and the last one.</summary>
/// <param name="EverySteps">Steps n between two, at least 1.</param>
public readonly record struct EveryRule(long EverySteps)
{
    /// <summary>Whether step <paramref name="step"/>, counted from 1 and just made, is one.</summary>
    public bool IsDue(long step, bool isLast = false) => step > 0 && (isLast || step % EverySteps == 0);

    /// <summary>The next one after <paramref name="step"/>, without regard to the last.</summary>
    public long NextAfter(long step) => ((step / EverySteps) + 1) * EverySteps;
}
