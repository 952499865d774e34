using System.Globalization;
using System.Threading.Channels;
using DistGan.Recipes;
using DistGan.Worker.Links;

namespace DistGan.Worker.Running;

/// <summary>
/// Writes a run's files in order, beside the training thread. What fails is tried again until a deadline; then the run has
/// failed. While the queue is full the training thread waits: a store that is gone pauses training before it ends it.
/// </summary>
internal sealed class RunWriter : IAsyncDisposable
{
    /// <summary>Writes that wait at most; one more is under way, and one waits for its place: a replay buffer keeps captures for them all.</summary>
    private const int Capacity = 4;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _deadline;
    private readonly IEventSink _events;
    private readonly TimeProvider _time;
    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private string? _failure;

    public RunWriter(TimeSpan deadline, IEventSink events, TimeProvider time)
    {
        _deadline = deadline;
        _events = events;
        _time = time;
        _loop = DetachedTask.Run(RunAsync);
    }

    /// <summary>Why nothing is written any more, as a sentence; null while all is well.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Adds a write; waits while the queue is full. After a failure, or once discarded, it does nothing.</summary>
    public void Write(string what, Func<CancellationToken, Task> write)
    {
        try
        {
            _items.Writer.WriteAsync(new Item(what, write), _stop.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException)
        {
            // The run is ending; its failure says why.
        }
    }

    /// <summary>Waits until everything before it is written, or writing has failed.</summary>
    public void Drain()
    {
        using var done = new ManualResetEventSlim();
        Write("", _ =>
        {
            done.Set();
            return Task.CompletedTask;
        });
        WaitHandle.WaitAny([done.WaitHandle, ((IAsyncResult)_loop).AsyncWaitHandle]);
    }

    /// <summary>Throws away what is waiting: another owner has taken over.</summary>
    public void Discard() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        _items.Writer.TryComplete();
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var item in _items.Reader.ReadAllAsync(_stop.Token))
            {
                if (await TryWriteAsync(item) is { } failure)
                {
                    Volatile.Write(ref _failure, failure);
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Discarded.
        }

        _items.Writer.TryComplete();
    }

    private async Task<string?> TryWriteAsync(Item item)
    {
        var start = _time.GetTimestamp();
        var retry = FirstRetry;
        var told = false;
        while (true)
        {
            try
            {
                await item.Write(_stop.Token);
                if (told)
                {
                    _events.Record(EventKinds.Warning, $"The {item.What} is written after all.");
                }

                return null;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // whatever the reason, it is tried again until the deadline
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (_time.GetElapsedTime(start) + retry > _deadline)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"The {item.What} could not be written for {_deadline.TotalSeconds:0.#} s: {exception.FirstLine()}");
                }

                told = told || Tell(item, exception);
            }

            await Task.Delay(retry, _time, _stop.Token);
            retry = retry * 2 > LastRetry ? LastRetry : retry * 2;
        }
    }

    private bool Tell(Item item, Exception exception)
    {
        _events.Record(EventKinds.Warning, string.Create(CultureInfo.InvariantCulture, $"The {item.What} could not be written and is tried again for {_deadline.TotalSeconds:0.#} s: {exception.FirstLine()}"));
        return true;
    }

    private sealed record Item(string What, Func<CancellationToken, Task> Write);
}
