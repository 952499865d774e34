using DistGan.Grains.Interfaces.Storage;
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
internal sealed partial class WorkerRegistrar(WorkerOptions options, SlotHost slots, StoreIdentity store, ILocalSiloDetails silo, IGrainFactory grains, TimeProvider time, ILogger<WorkerRegistrar> logger)
    : ILifecycleParticipant<ISiloLifecycle>, IReadiness, IDisposable
{
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _heartbeat = Task.CompletedTask;
    private volatile bool _isKnown;
    private volatile string? _refusal;
    private volatile bool _leaves;

    public string? WhyNot => _isKnown ? null : _refusal ?? "The worker directory of the cluster has not answered.";

    public void Participate(ISiloLifecycle lifecycle)
        => lifecycle.Subscribe(nameof(WorkerRegistrar), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public void Dispose() => _stop.Dispose();

    /// <summary>Tells the directory that this worker offers nothing any more. Heartbeats go on saying so until the silo stops: the slots of replicas that still end stay theirs so long.</summary>
    public async Task LeaveAsync()
    {
        if (_leaves)
        {
            return;
        }

        _leaves = true;
        using var limit = new CancellationTokenSource(LeaveLimit, time);
        await TryRegisterAsync(limit.Token);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryRegisterAsync(_stop.Token);
        _heartbeat = DetachedTask.Run(BeatAsync);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await LeaveAsync();
        try
        {
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
                await TryRegisterAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task TryRegisterAsync(CancellationToken cancellationToken)
    {
        try
        {
            var registration = new WorkerRegistration
            {
                Worker = silo.SiloAddress.ToParsableString(),
                Host = Environment.MachineName,
                Slots = _leaves ? [] : slots.Slots,
                Store = await store.ReadAsync(cancellationToken),
            };
            Take(await grains.GetGrain<IWorkerDirectoryGrain>(0).RegisterAsync(registration, cancellationToken), registration);
        }
#pragma warning disable CA1031 // the next heartbeat tries again
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _isKnown = false;
            if (!_stop.IsCancellationRequested)
            {
                LogUnregistered(logger, exception);
            }
        }
    }

    private void Take(string? refusal, WorkerRegistration registration)
    {
        if (refusal is not null && _refusal is null)
        {
            LogNotTaken(logger, refusal);
        }
        else if (refusal is null && !_isKnown)
        {
            LogKnown(logger, registration.Slots.Count);
        }

        (_refusal, _isKnown) = (refusal, refusal is null);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The cluster takes no slot of this worker: {Refusal}")]
    private static partial void LogNotTaken(ILogger logger, string refusal);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cluster knows this worker and its slots: {Slots}")]
    private static partial void LogKnown(ILogger logger, int slots);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker directory does not answer; the next heartbeat tries again")]
    private static partial void LogUnregistered(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo stops before its replicas have ended; they lose at most what is newer than their last snapshots")]
    private static partial void LogAbandoned(ILogger logger);
}
