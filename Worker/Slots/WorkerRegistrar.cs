using DistGan.Grains.Interfaces.Workers;
using DistGan.Hosting.Health;
using DistGan.Worker.Links;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace DistGan.Worker.Slots;

/// <summary>
/// Says to the directory what this worker offers: once when the silo is active, and again as a heartbeat, so that a directory
/// that moved knows it again. When the silo stops, its replicas end with a snapshot first.
/// </summary>
internal sealed partial class WorkerRegistrar(WorkerOptions options, SlotHost slots, ILocalSiloDetails silo, IGrainFactory grains, TimeProvider time, ILogger<WorkerRegistrar> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IReadiness, IDisposable
{
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _heartbeat = Task.CompletedTask;
    private volatile bool _isKnown;

    public string? WhyNot => _isKnown ? null : "The worker directory of the cluster has not answered.";

    public void Participate(ISiloLifecycle lifecycle)
        => lifecycle.Subscribe(nameof(WorkerRegistrar), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public void Dispose() => _stop.Dispose();

    /// <summary>Tells the directory that this worker offers nothing any more; it is not told anything else after that.</summary>
    public async Task LeaveAsync()
    {
        await _stop.CancelAsync();
        await _heartbeat;
        using var limit = new CancellationTokenSource(LeaveLimit, time);
        await TryRegisterAsync([], limit.Token);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryRegisterAsync(slots.Slots, _stop.Token);
        _heartbeat = DetachedTask.Run(BeatAsync);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _heartbeat;
        try
        {
            await slots.StopAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogAbandoned(logger);
        }
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(options.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await TryRegisterAsync(slots.Slots, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task TryRegisterAsync(IReadOnlyList<SlotLease> offered, CancellationToken cancellationToken)
    {
        var registration = new WorkerRegistration
        {
            Worker = silo.SiloAddress.ToParsableString(),
            Host = Environment.MachineName,
            Slots = offered,
        };
        try
        {
            await grains.GetGrain<IWorkerDirectoryGrain>(0).RegisterAsync(registration, cancellationToken);
            _isKnown = true;
        }
#pragma warning disable CA1031 // the next heartbeat tries again
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _isKnown = false;
            LogUnregistered(logger, exception);
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker directory does not answer; the next heartbeat tries again")]
    private static partial void LogUnregistered(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo stops before its replicas have ended; they lose at most what is newer than their last snapshots")]
    private static partial void LogAbandoned(ILogger logger);
}
