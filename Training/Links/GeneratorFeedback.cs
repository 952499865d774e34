namespace DistGan.Training.Links;

/// <summary>What the other discriminators say of a version of the generator.</summary>
/// <param name="Members">Discriminators that answered in time.</param>
/// <param name="Late">Answers that were dropped since the last version: of an older one, or not finite.</param>
/// <param name="Sums">For each batch that was judged, the sum of their ∂L_G/∂x, in the numbers of its samples.</param>
public sealed record GeneratorFeedback(int Members, int Late, IReadOnlyDictionary<int, ReadOnlyMemory<float>> Sums);
