namespace DistGan.Training.Links;

/// <summary>The outcome of a round of merging for one replica, or the current merge for one that joins.</summary>
/// <param name="boundary">The boundary of the contribution.</param>
/// <param name="version">The number of the merge.</param>
/// <param name="members">Replicas in it; 0 where too few came and nothing is to move.</param>
/// <param name="pull">p, the share of the way to go.</param>
/// <param name="vectors">The vectors that move.</param>
public sealed class MergedParameters(
    long boundary, long version, int members, double pull, IReadOnlyDictionary<MergedVector, MergeTarget> vectors) : IDisposable
{
    public long Boundary { get; } = boundary;

    public long Version { get; } = version;

    public int Members { get; } = members;

    public double Pull { get; } = pull;

    /// <summary>Other replicas that were passed over on the way to these.</summary>
    public int Skipped { get; set; }

    public IReadOnlyDictionary<MergedVector, MergeTarget> Vectors { get; private set; } = vectors;

    /// <summary>Lets go of the vectors, which may be large.</summary>
    public void Dispose() => Vectors = new Dictionary<MergedVector, MergeTarget>();
}
