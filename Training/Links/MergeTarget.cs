namespace DistGan.Training.Links;

/// <summary>Where a vector is to move: by p·(m − c).</summary>
/// <param name="Contributed">c, what the replica contributed.</param>
/// <param name="Target">m, of the same length.</param>
public readonly record struct MergeTarget(ReadOnlyMemory<float> Contributed, ReadOnlyMemory<float> Target);
