namespace DistGan.Training.Data.Storage;

/// <summary>Items of equal length, in memory or on disk. Reads are thread-safe.</summary>
internal abstract class ItemStore : IDisposable
{
    /// <summary>Reads item <paramref name="index"/> whole.</summary>
    public abstract void Read(long index, Span<byte> item);

    public abstract void Dispose();
}
