namespace DistGan.Training.Links;

/// <summary>A replica's vectors as of a boundary.</summary>
/// <param name="Boundary">The boundary.</param>
/// <param name="Version">The number of the newest merge that is in them; 0 before the first.</param>
/// <param name="Samples">Real images shown to D since the last contribution: its weight.</param>
/// <param name="Vectors">The numbers; nobody writes to them any more.</param>
public sealed record MergeContribution(long Boundary, long Version, long Samples, IReadOnlyDictionary<MergedVector, ReadOnlyMemory<float>> Vectors);
