using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DistGan.Training.Data;

namespace DistGan.Training.Tests.Data;

/// <summary>Points whose four bytes are their number.</summary>
internal sealed class Countable(int count) : IDataSet
{
    public int? FailsAt { get; init; }

    public int Reads { get; private set; }

    public Thread? Reader { get; private set; }

    public string Name => "countable";

    public SampleShape Shape { get; } = SampleShape.Point(1);

    public long Count => count;

    public int Classes => 0;

    public string Fingerprint => "";

    public GaussianModes? Modes => null;

    public void Read(long index, Span<byte> destination)
    {
        (Reads, Reader) = (Reads + 1, Thread.CurrentThread);
        if (index == FailsAt)
        {
            throw new IOException($"item {index} is gone");
        }

        BinaryPrimitives.WriteInt32LittleEndian(destination, (int)index);
    }

    public int LabelOf(long index) => (int)index;

    /// <summary>The numbers of a batch's items.</summary>
    public static int[] Items(ReadOnlySpan<byte> batch) => MemoryMarshal.Cast<byte, int>(batch).ToArray();

    public void Dispose()
    {
        // Nothing is held.
    }
}
