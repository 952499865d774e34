using DistGan.Training.Data;
using DistGan.Training.Tests.Steps;

namespace DistGan.Training.Tests.Techniques.Discriminators;

/// <summary>Every sample is the same, so that all replicas learn from the same data.</summary>
internal sealed class ConstantDataSet : IDataSet
{
    public string Name => "constant";

    public SampleShape Shape => TinyRecipes.Shape;

    public long Count => 40;

    public int Classes => 0;

    public string Fingerprint => "constant";

    public GaussianModes? Modes => null;

    public void Read(long index, Span<byte> destination) => new Random(1).NextBytes(destination);

    public int LabelOf(long index) => 0;

    public void Dispose()
    {
    }
}
