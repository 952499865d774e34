using DistGan.Recipes;
using DistGan.Training.Data.Preparation;

namespace DistGan.Training.Data;

/// <summary>
/// Batches of real samples in a shuffled order, read ahead on a thread of its own. Pass p goes through the <see cref="DataShare"/>'s order
/// of pass p in ⌊Count / batch⌋ whole batches and leaves the remainder out, so batch n is a
/// function of (data, share, batch size, augmentation, n) alone. Used by one thread.
/// </summary>
public sealed class DataFeed : IDisposable
{
    private readonly IDataSet _data;
    private readonly int _batch;
    private readonly DataShare _share;
    private readonly string _augment;
    private ReadAhead? _reader;
    private bool _disposed;

    /// <param name="data">The real samples; stays the caller's.</param>
    /// <param name="batch">Samples in a batch, at most <see cref="IDataSet.Count"/>.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="replica">Ordinal of the replica.</param>
    /// <param name="augment">Random changes of the samples, as data.augment names them.</param>
    public DataFeed(IDataSet data, int batch, long seed, int replica, string augment = "none")
        : this(data, batch, new DataShare(TopologyRecipe.Whole, new SeedSequence(seed, replica), 1), augment)
    {
    }

    /// <param name="data">The real samples; stays the caller's.</param>
    /// <param name="batch">Samples in a batch, at most those of the share.</param>
    /// <param name="share">Which of them, and in what order.</param>
    /// <param name="augment">Random changes of the samples, as data.augment names them.</param>
    /// <exception cref="DistGanException">The batch is larger than the share, or the changes do not fit the data.</exception>
    public DataFeed(IDataSet data, int batch, DataShare share, string augment = "none")
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        if (batch > data.Count || data.Count > Array.MaxLength)
        {
            throw new DistGanException($"A batch of {batch} samples cannot be drawn from {data.Name}, which has {data.Count}: give batch = {Math.Min(data.Count, Array.MaxLength)} or less.");
        }

        if (batch > share.CountOf(data.Count))
        {
            throw new DistGanException(
                $"A batch of {batch} samples cannot be drawn from a replica's part of {data.Name}, {share.CountOf(data.Count)} of {data.Count}: give a smaller batch, fewer replicas, or topology.data-split = whole.");
        }

        (_data, _batch, _share, _augment) = (data, batch, share, augment);
        _ = Augmentation.Create(augment, data.Shape, share.Seeds); // refuses what does not fit before a thread does
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
        _reader ??= new ReadAhead(_data, _batch, _share, Position, _augment);
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
