using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Workers;

/// <summary>
/// Who holds which slot: one replica a slot, one slot a replica. Leases are numbered, and only its number releases one. A lease ends with
/// its worker. A worker that has not been heard of for a while offers nothing.
/// </summary>
public sealed class SlotLedger(TimeSpan patience)
{
    private readonly WorkerRoster _workers = new(patience);
    private readonly Dictionary<ReplicaId, SlotLease> _leases = [];

    /// <summary>All leases by replica.</summary>
    public IReadOnlyDictionary<ReplicaId, SlotLease> Leases => _leases;

    /// <summary>The number of the newest lease.</summary>
    public long Number { get; private set; }

    /// <summary>Takes over leases that were stored; their workers are expected to be heard of.</summary>
    public void Load(IEnumerable<KeyValuePair<ReplicaId, SlotLease>> leases, long number, DateTimeOffset now)
    {
        foreach (var (replica, lease) in leases)
        {
            _leases[replica] = lease;
            _workers.Expect(lease.Worker, now);
            number = Math.Max(number, lease.Number);
        }

        Number = number;
    }

    /// <summary>Hears of a worker.</summary>
    public void Register(WorkerRegistration worker, DateTimeOffset now) => _workers.Register(worker, now);

    /// <summary>A worker is dead: its leases end with the next <see cref="Expire"/>.</summary>
    public void Bury(string worker) => _workers.Bury(worker);

    /// <summary>Ends the leases of workers that are gone, and returns whose they were.</summary>
    public IReadOnlyList<ReplicaId> Expire(DateTimeOffset now)
    {
        var lost = _leases.Where(pair => !_workers.IsAlive(pair.Value.Worker, now)).Select(static pair => pair.Key).ToList();
        lost.ForEach(replica => _leases.Remove(replica));
        return lost;
    }

    /// <summary>Slots that nobody holds, on workers heard of lately.</summary>
    public IReadOnlyList<SlotLease> Free(DateTimeOffset now)
    {
        var taken = _leases.Values.Select(static lease => (lease.Worker, lease.Slot)).ToHashSet();
        return [.. Live(now).SelectMany(static worker => worker.Slots).Where(slot => !taken.Contains((slot.Worker, slot.Slot)))];
    }

    /// <summary>Leases a free slot that fits a claim to a replica that holds none; null where there is none.</summary>
    /// <remarks>The slot is one of the worker with the most free slots, the narrowest that suffices.</remarks>
    /// <param name="replica">Who gets it.</param>
    /// <param name="fits">Whether a slot is of use to it.</param>
    /// <param name="free">Slots to choose from, of <see cref="Free"/>.</param>
    public SlotLease? Lease(ReplicaId replica, Func<SlotLease, bool> fits, IEnumerable<SlotLease> free)
    {
        var slot = free
            .GroupBy(static slot => slot.Worker, StringComparer.Ordinal)
            .OrderByDescending(static worker => worker.Count())
            .ThenBy(static worker => worker.Key, StringComparer.Ordinal)
            .SelectMany(worker => worker.Where(fits).OrderBy(static slot => slot.Threads).ThenBy(static slot => slot.Slot))
            .FirstOrDefault();
        return slot is null ? null : _leases[replica] = slot with { Number = ++Number };
    }

    /// <summary>Frees the slot of a replica; false where <paramref name="number"/> is not its lease.</summary>
    public bool Release(ReplicaId replica, long number)
        => _leases.TryGetValue(replica, out var held) && held.Number == number && _leases.Remove(replica);

    /// <summary>Frees every slot of a job; false where it held none.</summary>
    public bool ReleaseAll(JobId job)
    {
        var held = _leases.Keys.Where(replica => replica.Job == job).ToList();
        held.ForEach(replica => _leases.Remove(replica));
        return held.Count > 0;
    }

    /// <summary>Workers heard of lately, in the order of their addresses, each slot as the worker offers it: nobody's.</summary>
    public IReadOnlyList<WorkerRegistration> Live(DateTimeOffset now) => _workers.Live(now);

    /// <summary>The same workers, each slot with the number of its lease; 0 where nobody holds it.</summary>
    public IReadOnlyList<WorkerRegistration> Occupied(DateTimeOffset now)
    {
        var numbers = _leases.Values.ToLookup(static lease => (lease.Worker, lease.Slot), static lease => lease.Number);
        return [.. Live(now).Select(worker => worker with
        {
            Slots = [.. worker.Slots.Select(slot => slot with { Number = numbers[(slot.Worker, slot.Slot)].DefaultIfEmpty(0).Max() })],
        })];
    }
}
