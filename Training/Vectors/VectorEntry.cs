namespace DistGan.Training.Vectors;

/// <summary>A named range of a vector.</summary>
/// <param name="Name">Dotted name, unique in its layout, such as <c>2.weight</c>.</param>
/// <param name="Shape">Dimensions of the tensor that the range holds, row-major.</param>
/// <param name="Offset">Index of its first number.</param>
/// <param name="Initial">How it starts.</param>
public sealed record VectorEntry(string Name, long[] Shape, long Offset, Initializer Initial)
{
    /// <summary>Numbers in the range.</summary>
    public long Length { get; } = Shape.Aggregate(1L, static (product, size) => product * size);
}
