using System.Collections.Concurrent;
using DistGan.Recipes;
using DistGan.Training.Data.Preparation;

namespace DistGan.Training.Data;

/// <summary>The thread that fills a feed's buffers from one position on: buffers go round between it and the training thread.</summary>
internal sealed class ReadAhead : IDisposable
{
    /// <summary>One lent, one ready, one being filled.</summary>
    private const int Buffers = 3;

    private readonly IDataSet _data;
    private readonly int _batch;
    private readonly DataShare _share;
    private readonly Augmentation? _augmentation;
    private readonly BlockingCollection<Batch> _free = [];
    private readonly BlockingCollection<Batch> _ready = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private Batch? _lent;
    private Exception? _failure;

    public ReadAhead(IDataSet data, int batch, DataShare share, long position, string augment)
    {
        (_data, _batch, _share) = (data, batch, share);
        _augmentation = Augmentation.Create(augment, data.Shape, share.Seeds);
        for (var i = 0; i < Buffers; i++)
        {
            _free.Add(new Batch(new byte[batch * data.Shape.ItemBytes], new int[batch]));
        }

        _thread = new Thread(() => Run(position)) { IsBackground = true, Name = $"distgan data {share.Seeds.Replica}" };
        _thread.Start();
    }

    /// <summary>Labels of the batch that is lent.</summary>
    public ReadOnlySpan<int> Labels => _lent is { } batch ? batch.Labels : [];

    public ReadOnlySpan<byte> Take()
    {
        if (_lent is not null)
        {
            _free.Add(_lent);
            _lent = null;
        }

        if (!_ready.TryTake(out _lent, Timeout.Infinite))
        {
            throw new DistGanException($"The data set {_data.Name} could not be read any further: {_failure?.Message}", _failure!);
        }

        return _lent.Samples;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
        _free.Dispose();
        _ready.Dispose();
    }

    private void Run(long position)
    {
        try
        {
            var batches = _share.CountOf(_data.Count) / _batch;
            for (var (pass, batch) = (position / batches, position % batches); ; pass++, batch = 0)
            {
                var order = _share.Order((int)_data.Count, pass);
                for (; batch < batches; batch++)
                {
                    Fill(_free.Take(_stop.Token), order.AsSpan((int)batch * _batch, _batch), (pass * batches + batch) * _batch);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The feed was moved or disposed.
        }
#pragma warning disable CA1031 // whatever stops the thread is raised again by Take, on the thread that needs the batch
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failure = failure;
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }

    private void Fill(Batch batch, ReadOnlySpan<int> items, long position)
    {
        var bytes = _data.Shape.ItemBytes;
        for (var i = 0; i < items.Length; i++)
        {
            var sample = batch.Samples.AsSpan(i * bytes, bytes);
            batch.Labels[i] = _data.LabelOf(items[i]);
            _data.Read(items[i], sample);
            _augmentation?.Apply(sample, position + i);
        }

        _ready.Add(batch);
    }

    private sealed record Batch(byte[] Samples, int[] Labels);
}
