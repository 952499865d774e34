using DistGan.Training.Data;

namespace DistGan.Training.Tests.Steps;

/// <summary>A few small images (or points) that are a function of their index.</summary>
internal sealed class PatternDataSet(SampleShape shape, int count = 40, int classes = 0) : IDataSet
{
    public string Name => "pattern";

    public SampleShape Shape => shape;

    public long Count => count;

    public int Classes => classes;

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

    public int LabelOf(long index) => classes == 0 ? 0 : (int)(index * 7 % classes);

    public void Dispose()
    {
    }
}
