using DistGan.Recipes;
using DistGan.Training.Data.Preparation;

namespace DistGan.Training.Data;

/// <summary>
/// Batches of real samples in a shuffled order, read ahead on a thread of its own. Pass p goes through the permutation drawn
/// from (seed, replica, "data-pass", p) in ⌊Count / batch⌋ whole batches and leaves the remainder out, so batch n is a
/// function of (data, seed, replica, batch size, augmentation, n) alone. Used by one thread.
/// </summary>
public sealed class DataFeed : IDisposable
{
    private readonly IDataSet _data;
    private readonly int _batch;
    private readonly SeedSequence _seeds;
    private readonly string _augment;
    private ReadAhead? _reader;
    private bool _disposed;

    /// <param name="data">The real samples; stays the caller's.</param>
    /// <param name="batch">Samples in a batch, at most <see cref="IDataSet.Count"/>.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="replica">Ordinal of the replica.</param>
    /// <param name="augment">Random changes of the samples, as data.augment names them.</param>
    /// <exception cref="DistGanException">The batch is larger than the data, or the changes do not fit them.</exception>
    public DataFeed(IDataSet data, int batch, long seed, int replica, string augment = "none")
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        if (batch > data.Count || data.Count > Array.MaxLength)
        {
            throw new DistGanException($"A batch of {batch} samples cannot be drawn from {data.Name}, which has {data.Count}: give batch = {Math.Min(data.Count, Array.MaxLength)} or less.");
        }

        (_data, _batch, _seeds, _augment) = (data, batch, new SeedSequence(seed, replica), augment);
        _ = Augmentation.Create(augment, data.Shape, _seeds); // refuses what does not fit before a thread does
    }

    public SampleShape Shape => _data.Shape;

    /// <summary>Batches delivered since the start of the job.</summary>
    public long Position { get; private set; }

    /// <summary>Labels of the batch that <see cref="Next"/> delivered last, in its order; 0 where the data have none. Lent until the next call.</summary>
    public ReadOnlySpan<int> Labels => _reader is { } reader ? reader.Labels : [];

    /// <summary>The next batch, as <see cref="SampleCodec"/> reads it; lent until the next call.</summary>
    /// <exception cref="DistGanException">Reading failed; the position stays.</exception>
    public ReadOnlySpan<byte> Next()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        // Started by the first batch, so that a Seek before it reads nothing in vain.
        _reader ??= new ReadAhead(_data, _batch, _seeds, Position, _augment);
        var bytes = _reader.Take();
        Position++;
        return bytes;
    }

    /// <summary>Makes <see cref="Next"/> deliver batch number <paramref name="batches"/>, counted from 0.</summary>
    public void Seek(long batches)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(batches);
        _reader?.Dispose();
        _reader = null;
        Position = batches;
    }

    /// <summary>Stops the reading thread and waits for it.</summary>
    public void Dispose()
    {
        _disposed = true;
        _reader?.Dispose();
        _reader = null;
    }
}
