namespace DistGan.Training.Data;

/// <summary>An array of unsigned bytes as an IDX file holds it.</summary>
/// <param name="Dimensions">Sizes, outermost first: [N, H, W] for images, [N] for labels.</param>
/// <param name="Values">The bytes, row-major.</param>
public sealed record IdxArray(IReadOnlyList<int> Dimensions, byte[] Values);
