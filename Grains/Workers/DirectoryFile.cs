using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Workers;

/// <summary>Leases and claims between <see cref="SlotPlacement"/> and the store.</summary>
internal static class DirectoryFile
{
    public static IEnumerable<KeyValuePair<ReplicaId, SlotLease>> Leases(WorkerDirectoryState state)
        => state.Leases.Select(static entry => KeyValuePair.Create(
            ReplicaId.Parse(entry.Replica),
            new SlotLease { Worker = entry.Worker, Slot = entry.Slot, Device = entry.Device, Threads = entry.Threads, Number = entry.Number }));

    public static IEnumerable<(SlotClaim Claim, long Order)> Claims(WorkerDirectoryState state)
        => state.Claims.Select(static entry => (
            new SlotClaim
            {
                Job = new JobId(entry.Job), User = entry.User, Priority = entry.Priority, Threads = entry.Threads, Replicas = entry.Replicas, Minimum = entry.Minimum,
                Avoid = entry.Avoid ?? [],
            },
            entry.Order));

    public static void Write(SlotPlacement placement, WorkerDirectoryState state)
    {
        state.Number = placement.Ledger.Number;
        state.Leases = [.. placement.Ledger.Leases
            .Select(static pair => new WorkerDirectoryState.Entry(
                pair.Key.ToString(), pair.Value.Worker, pair.Value.Slot, pair.Value.Device, pair.Value.Threads, pair.Value.Number))
            .OrderBy(static entry => entry.Replica, StringComparer.Ordinal)];
        state.Claims = [.. placement.Claims.Select(static entry => new WorkerDirectoryState.ClaimEntry(
            entry.Claim.Job.Value, entry.Claim.User, entry.Claim.Priority, entry.Claim.Threads, [.. entry.Claim.Replicas], entry.Claim.Minimum, entry.Order, [.. entry.Claim.Avoid]))];
    }
}
