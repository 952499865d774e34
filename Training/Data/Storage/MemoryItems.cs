namespace DistGan.Training.Data.Storage;

/// <summary>Items in an array.</summary>
internal sealed class MemoryItems(byte[] bytes) : ItemStore
{
    public override void Read(long index, Span<byte> item) => bytes.AsSpan(checked((int)(index * item.Length)), item.Length).CopyTo(item);

    public override void Dispose()
    {
        // An array only.
    }
}
