namespace DistGan.Training.Data;

/// <summary>
/// A finite set of real samples with random access, encoded as <see cref="SampleShape.ItemBytes"/> says. Reads are
/// thread-safe. A set is opened whole or not at all: damage is found when it is opened, not while training.
/// </summary>
public interface IDataSet : IDisposable
{
    /// <summary>Catalog name, or the file it came from.</summary>
    string Name { get; }

    SampleShape Shape { get; }

    long Count { get; }

    /// <summary>Number of classes; 0 where there are no labels.</summary>
    int Classes { get; }

    /// <summary>Names by label; empty where they have none.</summary>
    IReadOnlyList<string> ClassNames => [];

    /// <summary>SHA-256 (hexadecimal, lower case) of everything that determines the samples and their order.</summary>
    string Fingerprint { get; }

    /// <summary>For sets drawn from a mixture of Gaussians: its components, for mode counts; otherwise null.</summary>
    GaussianModes? Modes { get; }

    /// <summary>Writes sample <paramref name="index"/> (0 ≤ index &lt; Count) into exactly <see cref="SampleShape.ItemBytes"/> bytes.</summary>
    void Read(long index, Span<byte> destination);

    /// <summary>The class of a sample, or 0 where there are no labels.</summary>
    int LabelOf(long index);
}
