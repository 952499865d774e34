using DistGan.Training.Data;

namespace DistGan.Training.Tests.Steps;

/// <summary>A few small images (or points) that are a function of their index.</summary>
internal sealed class PatternDataSet(SampleShape shape, int count = 40) : IDataSet
{
    public string Name => "pattern";

    public SampleShape Shape => shape;

    public long Count => count;

    public int Classes => 0;

    public string Fingerprint => "pattern";

    public GaussianModes? Modes => null;

    public void Read(long index, Span<byte> destination)
    {
        var random = new Random((int)index);
        if (shape.IsImage)
        {
            random.NextBytes(destination);
            return;
        }

        foreach (ref var value in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(destination))
        {
            value = random.NextSingle();
        }
    }

    public int LabelOf(long index) => 0;

    public void Dispose()
    {
    }
}
