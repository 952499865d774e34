using CsCheck;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Grains.Workers;

namespace DistGan.Grains.Tests.Workers;

public sealed class SlotLedgerTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Lease_AnySequence_NeverGivesASlotTwiceNorRefusesWhileOneIsFree()
        => Gen.Select(Gen.Int[0, 4].Array[0, 4], Gen.Select(Gen.Bool, Gen.Int[0, 9]).Array[0, 60]).Sample((slots, calls) =>
        {
            var ledger = new SlotLedger(Patience);
            for (var worker = 0; worker < slots.Length; worker++)
            {
                ledger.Register(Worker($"w{worker}", Enumerable.Repeat(1, slots[worker])), Start);
            }

            var held = new Dictionary<ReplicaId, SlotLease>();
            foreach (var (lease, ordinal) in calls)
            {
                var replica = Replica(ordinal);
                if (!lease)
                {
                    Assert.Equal(held.Remove(replica), ledger.Release(replica));
                    continue;
                }

                var given = ledger.Lease(replica, 1, Start);
                Assert.Equal(given is null, !held.ContainsKey(replica) && held.Count == slots.Sum());
                if (given is not null)
                {
                    Assert.Equal(given, held.GetValueOrDefault(replica, given));
                    held[replica] = given;
                }

                Assert.Equal(held.Count, held.Values.Select(slot => (slot.Worker, slot.Slot)).Distinct().Count());
            }
        });

    [Fact]
    public void Lease_Threads_TakesTheNarrowestThatSuffices()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("w", [8, 2, 4]), Start);

        Assert.Equal(2, ledger.Lease(Replica(0), 3, Start)!.Slot);
        Assert.Equal(0, ledger.Lease(Replica(1), 3, Start)!.Slot);
        Assert.Null(ledger.Lease(Replica(2), 3, Start));
        Assert.Equal(1, ledger.Lease(Replica(2), 1, Start)!.Slot);
    }

    [Fact]
    public void Lease_WorkerWithMoreFreeSlots_IsPreferred()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("a", [1]), Start);
        ledger.Register(Worker("b", [1, 1]), Start);

        Assert.Equal("b", ledger.Lease(Replica(0), 1, Start)!.Worker);
        Assert.Equal("a", ledger.Lease(Replica(1), 1, Start)!.Worker);
    }

    [Fact]
    public void Lease_WorkerIsSilent_MovesTheReplica()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("a", [1]), Start);
        ledger.Lease(Replica(0), 1, Start);
        var later = Start + Patience + TimeSpan.FromSeconds(1);

        Assert.Null(ledger.Lease(Replica(0), 1, later));
        ledger.Register(Worker("b", [1]), later);
        Assert.Equal("b", ledger.Lease(Replica(0), 1, later)!.Worker);
        Assert.Equal(["b"], ledger.Live(later).Select(worker => worker.Worker));
    }

    [Fact]
    public void Load_StoredLeases_AreNotGivenAway()
    {
        var before = new SlotLedger(Patience);
        before.Register(Worker("a", [1, 1]), Start);
        var held = before.Lease(Replica(0), 1, Start)!;

        var after = new SlotLedger(Patience);
        after.Load(before.Leases);
        after.Register(Worker("a", [1, 1]), Start);

        Assert.NotEqual(held.Slot, after.Lease(Replica(1), 1, Start)!.Slot);
        Assert.Null(after.Lease(Replica(2), 1, Start));
        Assert.Equal(held, after.Lease(Replica(0), 1, Start));
    }

    private static ReplicaId Replica(int ordinal) => new(new JobId("job"), ordinal);

    private static WorkerRegistration Worker(string name, IEnumerable<int> threads) => new()
    {
        Worker = name,
        Host = "here",
        Slots = [.. threads.Select((count, slot) => new SlotLease { Worker = name, Slot = slot, Device = "cpu", Threads = count })],
    };
}
