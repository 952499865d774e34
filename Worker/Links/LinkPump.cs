using System.Threading.Channels;

namespace DistGan.Worker.Links;

/// <summary>
/// The ordered work of one link, done by one task beside the training thread. Offers are bounded: when too many wait, the
/// oldest is dropped. Control work (captures, restores) is never dropped and keeps its place among them.
/// </summary>
internal sealed class LinkPump : IAsyncDisposable
{
    private readonly int _capacity;
    private readonly Lock _gate = new();
    private readonly LinkedList<Work> _queue = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _offers;
    private bool _closed;
    private long _dropped;

    public LinkPump(int capacity)
    {
        _capacity = capacity;
        _loop = DetachedTask.Run(RunAsync);
    }

    /// <summary>Offers that were dropped because the peer is too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Adds work that is done in its turn, whatever happens before it.</summary>
    public Task Post(Func<CancellationToken, Task> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(new Work(work, null, done));
        return done.Task;
    }

    /// <summary>Adds work that may be dropped before its turn.</summary>
    public void Offer(Func<CancellationToken, Task> work, Action dropped)
        => Add(new Work(work, dropped, null));

    /// <summary>Drops all waiting offers.</summary>
    public void DropOffers()
    {
        List<Work> dropped;
        lock (_gate)
        {
            dropped = [.. _queue.Where(work => work.Dropped is not null)];
            foreach (var work in dropped)
            {
                _queue.Remove(work);
            }

            _offers = 0;
        }

        dropped.ForEach(work => work.Dropped!());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private void Add(Work work)
    {
        Work? overflow = null;
        lock (_gate)
        {
            if (_closed)
            {
                work.Done?.TrySetCanceled();
                return;
            }

            _queue.AddLast(work);
            if (work.Dropped is not null && ++_offers > _capacity)
            {
                overflow = _queue.First(waiting => waiting.Dropped is not null);
                _queue.Remove(overflow);
                _offers--;
                _dropped++;
            }
        }

        overflow?.Dropped!();
        _signal.Writer.TryWrite(true);
    }

    private Work? Next()
    {
        lock (_gate)
        {
            if (_queue.First is not { } first)
            {
                return null;
            }

            _queue.RemoveFirst();
            _offers -= first.Value.Dropped is null ? 0 : 1;
            return first.Value;
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                while (Next() is { } work)
                {
                    await RunOneAsync(work);
                }

                await _signal.Reader.ReadAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: nobody waits for offers any more, and waiting control work is told so.
        }

        lock (_gate)
        {
            _closed = true;
        }

        while (Next() is { } work)
        {
            work.Dropped?.Invoke();
            work.Done?.TrySetCanceled();
        }
    }

    private async Task RunOneAsync(Work work)
    {
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            await work.Run(_stop.Token);
            work.Done?.TrySetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            work.Dropped?.Invoke();
            work.Done?.TrySetCanceled();
            throw;
        }
#pragma warning disable CA1031 // whoever posted the work decides; the pump must live
        catch (Exception exception)
#pragma warning restore CA1031
        {
            work.Dropped?.Invoke();
            work.Done?.TrySetException(exception);
        }
    }

    private sealed record Work(Func<CancellationToken, Task> Run, Action? Dropped, TaskCompletionSource? Done);
}
