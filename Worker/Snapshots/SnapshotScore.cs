namespace DistGan.Worker.Snapshots;

/// <summary>The score by which snapshots are compared.</summary>
/// <param name="Metric">Metric name.</param>
/// <param name="Value">Its value; null where it is not finite, which is worse than any.</param>
/// <param name="LowerIsBetter">Which way is better.</param>
public sealed record SnapshotScore(string Metric, double? Value, bool LowerIsBetter)
{
    /// <summary>Whether this is strictly better than another score of the same metric.</summary>
    public bool IsBetterThan(SnapshotScore other)
        => Value is { } value && (other.Value is not { } theirs || (LowerIsBetter ? value < theirs : value > theirs));
}
