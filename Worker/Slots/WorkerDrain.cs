using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistGan.Worker.Slots;

/// <summary>
/// What a worker does first when it is told to stop, while its cluster is all there: it offers nothing any more, and each of its
/// replicas ends with a snapshot and gives its slot back; the coordinator starts it on another worker.
/// </summary>
internal sealed partial class WorkerDrain(WorkerOptions options, WorkerRegistrar registrar, SlotHost slots, TimeProvider time, ILogger<WorkerDrain> logger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await registrar.LeaveAsync();
        try
        {
            var left = slots.LeaveAsync();
            LogLeaving(logger, options.DrainLimit.TotalSeconds);
            await left.WaitAsync(options.DrainLimit, time, cancellationToken);
            LogLeft(logger);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogAbandoned(logger);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "The worker stops: its replicas take a snapshot and are handed over, within {Seconds} s")]
    private static partial void LogLeaving(ILogger logger, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "All slots are handed over")]
    private static partial void LogLeft(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker stops before all of its replicas are handed over; they lose at most what is newer than their last snapshots")]
    private static partial void LogAbandoned(ILogger logger);
}
