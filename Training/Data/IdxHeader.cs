namespace DistGan.Training.Data;

/// <summary>What stands before the elements of an IDX file.</summary>
/// <param name="Dimensions">Sizes, outermost first.</param>
/// <param name="Bytes">Length of the header itself.</param>
/// <param name="IsPacked">Whether the file is gzipped.</param>
public sealed record IdxHeader(IReadOnlyList<int> Dimensions, int Bytes, bool IsPacked)
{
    /// <summary>Elements of one item along the first dimension.</summary>
    public long ItemElements => Dimensions.Skip(1).Aggregate(1L, static (product, size) => product * size);

    /// <summary>Elements in all.</summary>
    public long Elements => Dimensions[0] * ItemElements;
}
