using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Workers;

/// <summary>Who holds which slot: one replica a slot, one slot a replica. A worker that has not been heard of for a while offers nothing.</summary>
public sealed class SlotLedger(TimeSpan patience)
{
    private readonly Dictionary<string, (WorkerRegistration Worker, DateTimeOffset Heard)> _workers = [];
    private readonly Dictionary<ReplicaId, SlotLease> _leases = [];

    /// <summary>All leases, in the order of their replicas.</summary>
    public IReadOnlyDictionary<ReplicaId, SlotLease> Leases => _leases;

    /// <summary>Takes over leases that were stored.</summary>
    public void Load(IEnumerable<KeyValuePair<ReplicaId, SlotLease>> leases)
    {
        foreach (var (replica, lease) in leases)
        {
            _leases[replica] = lease;
        }
    }

    /// <summary>Hears of a worker.</summary>
    public void Register(WorkerRegistration worker, DateTimeOffset now) => _workers[worker.Worker] = (worker, now);

    /// <summary>The slot that a replica holds, or a free one that offers at least <paramref name="threads"/> threads; null where there is none.</summary>
    /// <remarks>The free slot is one of the worker with the most free slots, the narrowest that suffices.</remarks>
    public SlotLease? Lease(ReplicaId replica, int threads, DateTimeOffset now)
    {
        var live = Live(now);
        if (_leases.TryGetValue(replica, out var held))
        {
            if (live.Any(worker => worker.Slots.Any(slot => IsSame(slot, held) && slot.Threads >= threads)))
            {
                return held;
            }

            _leases.Remove(replica);
        }

        var lease = live
            .Select(worker => worker.Slots.Where(slot => !_leases.Values.Any(taken => IsSame(slot, taken))).ToList())
            .OrderByDescending(static free => free.Count)
            .ThenBy(static free => free.Count == 0 ? "" : free[0].Worker, StringComparer.Ordinal)
            .SelectMany(free => free.Where(slot => slot.Threads >= threads).OrderBy(static slot => slot.Threads).ThenBy(static slot => slot.Slot))
            .FirstOrDefault();
        if (lease is not null)
        {
            _leases[replica] = lease;
        }

        return lease;
    }

    /// <summary>Frees the slot of a replica; false where it held none.</summary>
    public bool Release(ReplicaId replica) => _leases.Remove(replica);

    /// <summary>Workers heard of lately, in the order of their addresses.</summary>
    public IReadOnlyList<WorkerRegistration> Live(DateTimeOffset now)
        => [.. _workers.Values
            .Where(worker => now - worker.Heard <= patience)
            .Select(static worker => worker.Worker)
            .OrderBy(static worker => worker.Worker, StringComparer.Ordinal)];

    private static bool IsSame(SlotLease one, SlotLease other) => one.Worker == other.Worker && one.Slot == other.Slot;
}
