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
                    Assert.Equal(held.Remove(replica, out var before), ledger.Release(replica, before?.Number ?? 1));
                }
                else if (!held.ContainsKey(replica))
                {
                    var given = Lease(ledger, ordinal, 1);
                    Assert.Equal(given is null, held.Count == slots.Sum());
                    if (given is not null)
                    {
                        held[replica] = given;
                    }
                }

                Assert.Equal(held.Count, held.Values.Select(slot => (slot.Worker, slot.Slot)).Distinct().Count());
            }
        });

    [Fact]
    public void Lease_Threads_TakesTheNarrowestThatSuffices()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("w", [8, 2, 4]), Start);

        Assert.Equal(2, Lease(ledger, 0, 3)!.Slot);
        Assert.Equal(0, Lease(ledger, 1, 3)!.Slot);
        Assert.Null(Lease(ledger, 2, 3));
        Assert.Equal(1, Lease(ledger, 2, 1)!.Slot);
    }

    [Fact]
    public void Lease_WorkerWithMoreFreeSlots_IsPreferred()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("a", [1]), Start);
        ledger.Register(Worker("b", [1, 1]), Start);

        Assert.Equal("b", Lease(ledger, 0, 1)!.Worker);
        Assert.Equal("a", Lease(ledger, 1, 1)!.Worker);
    }

    [Fact]
    public void Expire_WorkerIsSilent_EndsItsLeasesAndOffersNothingOfIt()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("a", [1]), Start);
        Lease(ledger, 0, 1);

        Assert.Empty(ledger.Expire(Start + Patience));
        Assert.Equal([Replica(0)], ledger.Expire(Start + Patience + TimeSpan.FromTicks(1)));
        Assert.Empty(ledger.Free(Start + Patience + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Expire_WorkerIsDead_EndsItsLeasesAtOnce()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("a", [1]), Start);
        Lease(ledger, 0, 1);

        ledger.Bury("a");

        Assert.Equal([Replica(0)], ledger.Expire(Start));
    }

    [Fact]
    public void Expire_WorkerLeaves_KeepsItsLeasesAndOffersNothing()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("a", [1, 1]), Start);
        Lease(ledger, 0, 1);

        ledger.Register(Worker("a", []), Start);

        Assert.Empty(ledger.Expire(Start));
        Assert.Empty(ledger.Free(Start));
    }

    [Fact]
    public void Release_NumberOfAnEarlierLease_FreesNothing()
    {
        var ledger = new SlotLedger(Patience);
        ledger.Register(Worker("a", [1]), Start);
        var first = Lease(ledger, 0, 1)!;
        Assert.True(ledger.Release(Replica(0), first.Number));
        var second = Lease(ledger, 0, 1)!;

        Assert.False(ledger.Release(Replica(0), first.Number));
        Assert.True(second.Number > first.Number);
        Assert.Empty(ledger.Free(Start));
    }

    [Fact]
    public void Load_StoredLeases_AreNotGivenAwayAndTheirWorkersAreExpected()
    {
        var before = new SlotLedger(Patience);
        before.Register(Worker("a", [1, 1]), Start);
        var held = Lease(before, 0, 1)!;

        var after = new SlotLedger(Patience);
        after.Load(before.Leases, before.Number, Start);
        Assert.Empty(after.Expire(Start + Patience));
        after.Register(Worker("a", [1, 1]), Start);
        var next = Lease(after, 1, 1)!;

        Assert.NotEqual(held.Slot, next.Slot);
        Assert.True(next.Number > held.Number);
        Assert.Empty(after.Free(Start));
    }

    private static SlotLease? Lease(SlotLedger ledger, int ordinal, int threads) => ledger.Lease(Replica(ordinal), slot => slot.Threads >= threads, ledger.Free(Start));

    private static ReplicaId Replica(int ordinal) => new(new JobId("job"), ordinal);

    private static WorkerRegistration Worker(string name, IEnumerable<int> threads) => new()
    {
        Worker = name,
        Host = "here",
        Slots = [.. threads.Select((count, slot) => new SlotLease { Worker = name, Slot = slot, Device = "cpu", Threads = count })],
    };
}
