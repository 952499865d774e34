using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Grains.Workers;

namespace DistGan.Grains.Tests.Workers;

/// <summary>A <see cref="SlotPlacement"/> with workers and jobs of few words.</summary>
internal sealed class PlacementBook(PlacementOptions? options = null)
{
    public SlotPlacement Placement { get; } = new(options ?? new PlacementOptions());

    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public void Join(string worker, int slots, int threads = 1) => Placement.Ledger.Register(
        new WorkerRegistration
        {
            Worker = worker,
            Host = "here",
            Slots = [.. Enumerable.Range(0, slots).Select(slot => new SlotLease { Worker = worker, Slot = slot, Device = "cpu", Threads = threads })],
        },
        Now);

    public string? Claim(string job, int replicas, string user = "", int priority = 0, int minimum = 1, int threads = 1, params string[] avoid) => Placement.Claim(
        new SlotClaim
        {
            Job = new JobId(job), User = user, Priority = priority, Threads = threads, Replicas = [.. Enumerable.Range(0, replicas)], Minimum = minimum, Avoid = avoid,
        },
        Now);

    /// <summary>Settles, and says who holds slots, as job/ordinal.</summary>
    public IReadOnlyList<string> Settle()
    {
        Placement.Settle(Now);
        return Held();
    }

    public IReadOnlyList<string> Held() => [.. Placement.Ledger.Leases.Keys.Select(static replica => replica.ToString()).Order(StringComparer.Ordinal)];

    /// <summary>Who is to give back, as job/ordinal.</summary>
    public IReadOnlyList<string> Asked()
        => [.. Placement.Jobs.SelectMany(job => Placement.GrantsOf(job).Where(static grant => grant.GiveBack).Select(grant => new ReplicaId(job, grant.Replica).ToString())).Order(StringComparer.Ordinal)];

    public bool Release(string replica)
    {
        var id = ReplicaId.Parse(replica);
        return Placement.Ledger.Release(id, Placement.Ledger.Leases[id].Number);
    }
}
