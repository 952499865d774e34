using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Grains.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DistGan.Grains.Workers;

/// <summary>
/// A <see cref="SlotPlacement"/> whose leases and claims are stored, so that a directory that moved gives no slot away twice and forgets no
/// job. It never waits for a coordinator: coordinators wait for it.
/// </summary>
[KeepAlive]
internal sealed partial class WorkerDirectoryGrain(
    [PersistentState("worker-directory", GrainStorageNames.Objects)] IPersistentState<WorkerDirectoryState> state,
    IOptions<PlacementOptions> options,
    StoreIdentity store,
    ISiloStatusOracle silos,
    TimeProvider time,
    ILogger<WorkerDirectoryGrain> logger) : Grain, IWorkerDirectoryGrain
{
    private readonly SlotPlacement _placement = new(options.Value);
    private readonly PlacementTelemetry _telemetry = new();
    private readonly AwakeClock _clock = new(time, options.Value.CheckEvery * 2);

    /// <summary>Jobs that look after their replicas just now, and whether they are to do it again.</summary>
    private readonly Dictionary<JobId, bool> _told = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _placement.Ledger.Load(DirectoryFile.Leases(state.State), state.State.Number, _clock.Look());
        foreach (var (claim, order) in DirectoryFile.Claims(state.State))
        {
            _placement.Load(claim, order);
        }

        _ = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(options.Value.CheckEvery, options.Value.CheckEvery) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _telemetry.Leave();
        return Task.CompletedTask;
    }

    public async Task<string?> RegisterAsync(WorkerRegistration registration, CancellationToken cancellationToken = default)
    {
        if (registration.Store is { } seen && await store.ReadAsync(cancellationToken) is { } own && seen != own)
        {
            return $"The worker {registration.Worker} on {registration.Host} sees another object store ({seen}) than the silos ({own}): its snapshots would be lost to the others. Give both the same DistGan:ObjectStore.";
        }

        var now = _clock.Look();
        _placement.Ledger.Register(registration, now);
        Tell(await SettleAsync(now, changed: false));
        return null;
    }

    public async Task<SlotGrants> ClaimAsync(SlotClaim claim, CancellationToken cancellationToken = default)
    {
        var now = _clock.Look();
        var changes = _placement.Changes;
        var refusal = _placement.Claim(claim, now);
        Tell((await SettleAsync(now, _placement.Changes != changes)).Where(job => job != claim.Job));
        return new SlotGrants { Slots = _placement.GrantsOf(claim.Job), Refusal = refusal };
    }

    public async Task ReleaseAsync(ReplicaId replica, long number, CancellationToken cancellationToken = default)
    {
        if (_placement.Ledger.Release(replica, number))
        {
            Tell((await SettleAsync(_clock.Look(), changed: true)).Where(job => job != replica.Job));
        }
    }

    public async Task WithdrawAsync(JobId job, CancellationToken cancellationToken = default)
    {
        if (_placement.Withdraw(job))
        {
            Tell(await SettleAsync(_clock.Look(), changed: true));
        }
    }

    public Task<IReadOnlyList<WorkerRegistration>> ListAsync(CancellationToken cancellationToken = default)
        => Task.FromResult(_placement.Ledger.Occupied(_clock.Look()));

    private async Task TickAsync(CancellationToken cancellationToken)
    {
        await SettleAsync(_clock.Look(), changed: false);
        Tell(_placement.Jobs);
    }

    private async Task<IReadOnlySet<JobId>> SettleAsync(DateTimeOffset now, bool changed)
    {
        foreach (var worker in _placement.Ledger.Leases.Values.Select(static lease => lease.Worker).Distinct(StringComparer.Ordinal).ToList())
        {
            if (silos.IsDeadSilo(SiloAddress.FromParsableString(worker)))
            {
                _placement.Ledger.Bury(worker);
            }
        }

        var jobs = _placement.Settle(now);
        _telemetry.Show(_placement.Ledger.Leases.Count, _placement.Ledger.Free(now).Count, _placement.Waiting);
        if (changed || jobs.Count > 0)
        {
            DirectoryFile.Write(_placement, state.State);
            await state.WriteStateAsync();
        }

        return jobs;
    }

    private void Tell(IEnumerable<JobId> jobs)
    {
        foreach (var job in jobs.ToList())
        {
            if (_told.TryAdd(job, false))
            {
                _ = TellAsync(job);
            }
            else
            {
                _told[job] = true;
            }
        }
    }

    private async Task TellAsync(JobId job)
    {
        try
        {
            await GrainFactory.GetGrain<ICoordinatorGrain>(job.Value).CheckAsync();
        }
#pragma warning disable CA1031 // it is asked again at the next look
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnchecked(logger, job, exception);
        }

        if (_told.Remove(job, out var again) && again)
        {
            Tell([job]);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} did not look after its replicas; it is asked again")]
    private static partial void LogUnchecked(ILogger logger, JobId job, Exception exception);
}
