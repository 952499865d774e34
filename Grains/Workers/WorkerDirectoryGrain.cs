using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Workers;

/// <summary>A <see cref="SlotLedger"/> whose leases are stored, so that a directory that moved gives no slot away twice.</summary>
[KeepAlive]
internal sealed class WorkerDirectoryGrain(
    [PersistentState("worker-directory", GrainStorageNames.Objects)] IPersistentState<WorkerDirectoryState> state,
    TimeProvider time) : Grain, IWorkerDirectoryGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly SlotLedger _ledger = new(Patience);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _ledger.Load(state.State.Leases.Select(static entry => KeyValuePair.Create(
            ReplicaId.Parse(entry.Replica),
            new SlotLease { Worker = entry.Worker, Slot = entry.Slot, Device = entry.Device, Threads = entry.Threads })));
        return Task.CompletedTask;
    }

    public Task RegisterAsync(WorkerRegistration registration, CancellationToken cancellationToken = default)
    {
        _ledger.Register(registration, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public async Task<SlotLease?> LeaseAsync(ReplicaId replica, int threads, CancellationToken cancellationToken = default)
    {
        var lease = _ledger.Lease(replica, threads, time.GetUtcNow());
        await StoreAsync(cancellationToken);
        return lease;
    }

    public async Task ReleaseAsync(ReplicaId replica, CancellationToken cancellationToken = default)
    {
        if (_ledger.Release(replica))
        {
            await StoreAsync(cancellationToken);
        }
    }

    public Task<IReadOnlyList<WorkerRegistration>> ListAsync(CancellationToken cancellationToken = default)
        => Task.FromResult(_ledger.Live(time.GetUtcNow()));

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        state.State.Leases = [.. _ledger.Leases
            .Select(static pair => new WorkerDirectoryState.Entry(pair.Key.ToString(), pair.Value.Worker, pair.Value.Slot, pair.Value.Device, pair.Value.Threads))
            .OrderBy(static entry => entry.Replica, StringComparer.Ordinal)];
        await state.WriteStateAsync(cancellationToken);
    }
}
