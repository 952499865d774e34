using DistGan.Grains.Interfaces.Workers;
using DistGan.Worker.Links;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace DistGan.Worker.Slots;

/// <summary>
/// Says to the directory what this worker offers: once when the silo is active, and again as a heartbeat, so that a directory
/// that moved knows it again. When the silo stops, its replicas end with a snapshot first.
/// </summary>
internal sealed partial class WorkerRegistrar(WorkerOptions options, SlotHost slots, ILocalSiloDetails silo, IGrainFactory grains, TimeProvider time, ILogger<WorkerRegistrar> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _heartbeat = Task.CompletedTask;
    private volatile bool _leaves;

    public void Participate(ISiloLifecycle lifecycle)
        => lifecycle.Subscribe(nameof(WorkerRegistrar), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public void Dispose() => _stop.Dispose();

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryRegisterAsync();
        _heartbeat = DetachedTask.Run(BeatAsync);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        // No new replicas come, and heartbeats go on until the last one has ended: its slot stays its own so long.
        _leaves = true;
        try
        {
            await TryRegisterAsync().WaitAsync(cancellationToken);
            await slots.StopAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogAbandoned(logger);
        }

        await _stop.CancelAsync();
        await _heartbeat;
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(options.Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await TryRegisterAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task TryRegisterAsync()
    {
        var registration = new WorkerRegistration
        {
            Worker = silo.SiloAddress.ToParsableString(),
            Host = Environment.MachineName,
            Slots = _leaves ? [] : slots.Slots,
        };
        try
        {
            await grains.GetGrain<IWorkerDirectoryGrain>(0).RegisterAsync(registration, _stop.Token);
        }
#pragma warning disable CA1031 // the next heartbeat tries again
        catch (Exception exception) when (!_stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
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
