using System.Diagnostics;
using System.Threading.Channels;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Telemetry;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Hosting.Runs;
using DistGan.Worker.Telemetry;

namespace DistGan.Worker.Links;

/// <summary>
/// What one replica tells the world: each report becomes a line of its metrics file and then a message to the coordinator,
/// whose newest directives are kept; events are sent in order and again until they arrive. Nothing here ever waits.
/// </summary>
internal sealed class ReportLink : IEventSink, IAsyncDisposable
{
    private const int MaxWaitingReports = 256;
    private const int MaxEventsInCall = 64;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ICoordinatorGrain _coordinator;
    private readonly IObjectStore _store;
    private readonly TimeProvider _time;
    private readonly ReplicaId _replica;
    private readonly long _epoch;
    private readonly string _metrics;
    private readonly LinkPump _reports = new(MaxWaitingReports);
    private readonly Channel<ReplicaEvent> _events = Channel.CreateUnbounded<ReplicaEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sender;
    private readonly ActivityContext _trace;
    private DateTimeOffset _since;
    private Directives _directives = Directives.None;
    private bool _opened;

    /// <param name="coordinator">The job's coordinator.</param>
    /// <param name="store">Where the metrics file lies.</param>
    /// <param name="prefix">The job's run folder.</param>
    /// <param name="replica">Who reports.</param>
    /// <param name="epoch">Under which ownership.</param>
    /// <param name="time">Stamps events and measures calls.</param>
    /// <param name="trace">The trace that the run belongs to.</param>
    public ReportLink(ICoordinatorGrain coordinator, IObjectStore store, string prefix, ReplicaId replica, long epoch, TimeProvider time, ActivityContext trace = default)
    {
        _coordinator = coordinator;
        _store = store;
        _time = time;
        _replica = replica;
        _epoch = epoch;
        _metrics = prefix + RunFiles.Metrics(replica.Ordinal);
        Telemetry = new ReplicaTelemetry(replica);
        (_trace, _since) = (trace, time.GetUtcNow());
        _sender = DetachedTask.Run(SendEventsAsync);
    }

    /// <summary>What the replica shows to whoever watches this process.</summary>
    public ReplicaTelemetry Telemetry { get; }

    /// <summary>What the coordinator wants, as of the newest report that it answered.</summary>
    public Directives Directives => Volatile.Read(ref _directives);

    /// <summary>Reports that were dropped because the store or the coordinator is too slow.</summary>
    public long Dropped => _reports.Dropped;

    public void Report(ReplicaProgress progress)
    {
        Telemetry.Take(progress);
        _reports.Offer(cancellationToken => SendAsync(progress, cancellationToken), static () => { });
    }

    public void Record(string kind, string message, IReadOnlyDictionary<string, double>? data = null, string? file = null)
        => _events.Writer.TryWrite(new ReplicaEvent
        {
            Replica = _replica,
            Epoch = _epoch,
            Kind = kind,
            Time = _time.GetUtcNow(),
            Message = message,
            Data = data ?? new Dictionary<string, double>(),
            File = file,
        });

    /// <summary>Sends what is waiting, for at most <paramref name="limit"/>; afterwards nothing can be told any more.</summary>
    public async Task CompleteAsync(TimeSpan limit)
    {
        _events.Writer.TryComplete();
        try
        {
            await Task.WhenAll(_reports.Post(static _ => Task.CompletedTask), _sender).WaitAsync(limit, _time);
        }
        catch (TimeoutException)
        {
            // The coordinator does not answer; it hears of the end another way or not at all.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        await _stop.CancelAsync();
        await _sender;
        await _reports.DisposeAsync();
        Telemetry.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(ReplicaProgress progress, CancellationToken cancellationToken)
    {
        // A round is as long as the time between two reports, and its report belongs to it.
        using var span = Instruments.Source.StartActivity(ActivityKind.Internal, _trace, startTime: _since, name: "round");
        span?.SetTag(Instruments.Job, _replica.Job.Value).SetTag(Instruments.Replica, _replica.Ordinal).SetTag("step", progress.Step);
        _since = _time.GetUtcNow();

        // A store that fails here fails the run's writer too, which tells of it and ends the run; the coordinator is told anyway.
        try
        {
            await AppendAsync(progress, cancellationToken);
        }
        finally
        {
            var answer = await _coordinator.ReportAsync(new ReplicaReport { Replica = _replica, Progress = progress }, cancellationToken)
                .WaitAsync(CallTimeout, _time, cancellationToken);
            Volatile.Write(ref _directives, answer);
        }
    }

    private async Task AppendAsync(ReplicaProgress progress, CancellationToken cancellationToken)
    {
        var line = MetricsLine.Write(progress);
        if (!_opened && await _store.GetAsync(_metrics, cancellationToken) is { Content.Length: > 0 } before && before.Content.Span[^1] != (byte)'\n')
        {
            // A process that was killed left a torn line: it must not swallow this one.
            line = new byte[] { (byte)'\n' }.Concat(line.ToArray()).ToArray();
        }

        await _store.AppendAsync(_metrics, line, cancellationToken);
        _opened = true;
    }

    private async Task SendEventsAsync()
    {
        var waiting = new List<ReplicaEvent>();
        try
        {
            while (waiting.Count > 0 || await _events.Reader.WaitToReadAsync(_stop.Token))
            {
                while (waiting.Count < MaxEventsInCall && _events.Reader.TryRead(out var next))
                {
                    waiting.Add(next);
                }

                if (await TryRecordAsync(waiting))
                {
                    waiting.Clear();
                }
                else
                {
                    await Task.Delay(RetryAfter, _time, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task<bool> TryRecordAsync(List<ReplicaEvent> events)
    {
        try
        {
            await _coordinator.RecordAsync([.. events], _stop.Token).WaitAsync(CallTimeout, _time, _stop.Token);
            return true;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever the reason, the events are sent again
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
