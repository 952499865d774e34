using System.Collections.Concurrent;
using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>
/// Endless shuffled batches of a data set, read ahead of the training thread. Batch p is a pure function of (data, batch size,
/// seed, replica, p): each pass through the data is a permutation of its own, and what is left of a pass is not shown.
/// </summary>
public sealed class DataFeed : IDisposable
{
    private const int ReadAhead = 4;
    private readonly IDataSet _data;
    private readonly int _batch;
    private readonly SeedSequence _seeds;
    private readonly BlockingCollection<byte[]> _free = [];
    private byte[]? _lent;
    private Reader? _reader;

    public DataFeed(IDataSet data, int batch, long seed, int replica)
    {
        if (batch > data.Count)
        {
            throw new DistGanException($"A batch of {batch} is larger than data set {data.Name}, which has {data.Count} samples: make 'batch' at most that.");
        }

        _data = data;
        _batch = batch;
        _seeds = new SeedSequence(seed, replica);
        for (var i = 0; i < ReadAhead; i++)
        {
            _free.Add(new byte[batch * data.Shape.ItemBytes]);
        }
    }

    /// <summary>Batches given out so far.</summary>
    public long Position { get; private set; }

    /// <summary>The encoded samples of the next batch, one after another; lent until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        _reader ??= new Reader(this, Position);
        if (_lent is not null)
        {
            _free.Add(_lent);
        }

        _lent = _reader.Take();
        Position++;
        return _lent;
    }

    /// <summary>Goes to a position; the next batch is number <paramref name="position"/>, counted from 0.</summary>
    public void Seek(long position)
    {
        StopReading();
        Position = position;
    }

    public void Dispose()
    {
        StopReading();
        _free.Dispose();
    }

    private void StopReading()
    {
        if (_lent is not null)
        {
            _free.Add(_lent);
            _lent = null;
        }

        _reader?.Dispose();
        _reader = null;
    }

    private int[] Permutation(long pass)
    {
        var order = new int[_data.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        _seeds.RandomFor("shuffle", pass).Shuffle(order);
        return order;
    }

    /// <summary>The thread that fills buffers from one position on, until it is disposed.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly DataFeed _feed;
        private readonly BlockingCollection<byte[]> _full = [];
        private readonly CancellationTokenSource _stop = new();
        private readonly Thread _thread;
        private Exception? _failure;

        public Reader(DataFeed feed, long position)
        {
            _feed = feed;
            _thread = new Thread(() => Run(position)) { IsBackground = true, Name = "data feed" };
            _thread.Start();
        }

        public byte[] Take()
        {
            if (_full.TryTake(out var buffer, Timeout.Infinite))
            {
                return buffer;
            }

            throw new DistGanException($"Data set {_feed._data.Name} could not be read: {_failure?.Message ?? "its reader has stopped"}", _failure!);
        }

        public void Dispose()
        {
            _stop.Cancel();
            _thread.Join();
            while (_full.TryTake(out var buffer))
            {
                _feed._free.Add(buffer);
            }

            _full.Dispose();
            _stop.Dispose();
        }

        private void Run(long position)
        {
            try
            {
                var perPass = _feed._data.Count / _feed._batch;
                int[] order = [];
                for (var pass = -1L; ; position++)
                {
                    if (pass != position / perPass)
                    {
                        pass = position / perPass;
                        order = _feed.Permutation(pass);
                    }

                    Fill(order.AsSpan((int)(position % perPass) * _feed._batch, _feed._batch));
                }
            }
            catch (OperationCanceledException)
            {
                // Disposed.
            }
            catch (Exception failure) when (failure is IOException or DistGanException or UnauthorizedAccessException)
            {
                _failure = failure;
            }
            finally
            {
                _full.CompleteAdding();
            }
        }

        private void Fill(ReadOnlySpan<int> indices)
        {
            var buffer = _feed._free.Take(_stop.Token);
            try
            {
                var item = _feed._data.Shape.ItemBytes;
                for (var i = 0; i < indices.Length; i++)
                {
                    _feed._data.Read(indices[i], buffer.AsSpan(i * item, item));
                }

                _full.Add(buffer, _stop.Token);
            }
            catch
            {
                _feed._free.Add(buffer);
                throw;
            }
        }
    }
}
