using CsCheck;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Workers;

namespace DistGan.Grains.Tests.Workers;

public sealed class SlotPlacementTests
{
    /// <summary>Joins, heartbeats, crashes, time, claims, releases and withdrawals in any order.</summary>
    [Fact]
    public void Settle_AnySequence_NeverHasMoreReplicasThanSlotsNorLeavesOneFreeForWhoMayHaveIt()
        => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 4]).Array[0, 80].Sample(calls =>
        {
            var book = new PlacementBook(new PlacementOptions { SlotsPerUser = 3, Preemption = true });
            var newest = 0L;
            foreach (var (call, who, number) in calls)
            {
                Act(book, call, who, number);
                book.Settle();
                newest = Hold(book, newest);
            }
        });

    [Fact]
    public void Settle_Priorities_TheHighestGoesFirst()
    {
        var book = new PlacementBook();
        book.Claim("low", 2, priority: -1);
        book.Claim("high", 1, priority: 5);
        book.Join("w", 2);

        Assert.Equal(["high/0", "low/0"], book.Settle());
    }

    [Fact]
    public void Settle_UsersOfOnePriority_ShareSlotsEvenly()
    {
        var book = new PlacementBook();
        book.Claim("a1", 4, user: "ann");
        book.Claim("a2", 4, user: "ann");
        book.Claim("b1", 4, user: "bob");
        book.Join("w", 6);

        Assert.Equal(["a1/0", "a1/1", "a1/2", "b1/0", "b1/1", "b1/2"], book.Settle());
    }

    [Fact]
    public void Settle_Equals_AreServedInTheOrderOfTheirClaims()
    {
        var book = new PlacementBook();
        book.Claim("z", 1);
        book.Claim("a", 1);
        book.Claim("z", 1);
        book.Join("w", 1);

        Assert.Equal(["z/0"], book.Settle());
    }

    [Fact]
    public void Settle_UserAtTheLimit_IsPassedOver()
    {
        var book = new PlacementBook(new PlacementOptions { SlotsPerUser = 2, UserSlots = new() { ["bob"] = 1 } });
        book.Claim("a", 3, user: "ann", priority: 1);
        book.Claim("b", 3, user: "bob");
        book.Join("w", 5);

        Assert.Equal(["a/0", "a/1", "b/0"], book.Settle());
        Assert.Contains("may hold 1 slot:", book.Claim("c", 3, user: "bob", minimum: 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Settle_Minimum_IsGivenAtOnceAndKeptBackUntilThen()
    {
        var book = new PlacementBook();
        book.Join("w", 3);
        book.Claim("old", 2);
        book.Settle();
        book.Claim("gang", 3, minimum: 2);
        book.Claim("late", 1);

        Assert.Equal(["old/0", "old/1"], book.Settle());
        book.Release("old/1");
        book.Claim("old", 1);
        Assert.Equal(["gang/0", "gang/1", "old/0"], book.Settle());
    }

    [Fact]
    public void Settle_MinimumThatTheClusterCannotHold_KeepsNothingBack()
    {
        var book = new PlacementBook();
        book.Join("w", 1);
        book.Claim("gang", 3, minimum: 2, priority: 9);
        book.Claim("late", 1);

        Assert.Equal(["late/0"], book.Settle());
    }

    [Fact]
    public void Settle_LostWorker_ItsReplicaGoesBeforeEqualsThatWait()
    {
        var book = new PlacementBook();
        book.Join("a", 1);
        book.Claim("moved", 1, user: "ann");
        book.Settle();
        book.Claim("new", 1, user: "bob");
        book.Placement.Ledger.Bury("a");
        Assert.Empty(book.Settle());
        book.Join("b", 1);

        Assert.Equal(["moved/0"], book.Settle());
    }

    [Fact]
    public void Settle_PreemptionOff_NobodyIsAsked()
    {
        var book = new PlacementBook();
        book.Join("w", 1);
        book.Claim("low", 1);
        book.Settle();
        book.Claim("high", 1, priority: 1);
        book.Settle();

        Assert.Empty(book.Asked());
    }

    [Fact]
    public void Settle_Preemption_AsksTheLowestPriorityAndItsHighestOrdinalFirst()
    {
        var book = new PlacementBook(new PlacementOptions { Preemption = true });
        book.Join("w", 4);
        book.Claim("low", 2, priority: -2);
        book.Claim("middle", 2);
        book.Settle();
        book.Claim("equal", 1);
        book.Claim("high", 3, priority: 1);

        book.Settle();
        Assert.Equal(["low/0", "low/1", "middle/1"], book.Asked());
        book.Settle();
        Assert.Equal(3, book.Asked().Count);
        book.Release("low/1");
        Assert.Equal(["high/0", "low/0", "middle/0", "middle/1"], book.Settle());
        Assert.Equal(["low/0", "middle/1"], book.Asked());
    }

    [Fact]
    public void Settle_PreemptionThatWouldNotSuffice_AsksNobody()
    {
        var book = new PlacementBook(new PlacementOptions { Preemption = true });
        book.Join("w", 2);
        book.Claim("low", 1);
        book.Claim("other", 1, priority: 1);
        book.Settle();
        book.Claim("high", 2, priority: 1, minimum: 2);
        book.Settle();

        Assert.Empty(book.Asked());
    }

    [Fact]
    public void Claim_NoSlotIsWideEnough_IsRefusedUnlessNoWorkerIsThere()
    {
        var book = new PlacementBook();
        Assert.Null(book.Claim("early", 1, threads: 8));
        book.Join("w", 2, threads: 4);

        Assert.Contains("at least 8 threads each, and there are none (there are 2 slots on 1 worker, the widest of 4 threads)", book.Claim("late", 1, threads: 8), StringComparison.Ordinal);
        Assert.Null(book.Claim("early", 2, threads: 8));
    }

    [Fact]
    public void Settle_SlotsOfAWorkerThatIsAvoided_GoToOthersAndNothingIsKeptBackForThem()
    {
        var book = new PlacementBook(new PlacementOptions { Preemption = true });
        book.Join("bad", 2);
        book.Claim("low", 1);
        book.Settle();
        book.Claim("picky", 2, priority: 9, minimum: 2, avoid: "bad");
        book.Claim("late", 1);

        Assert.Equal(["late/0", "low/0"], book.Settle());
        Assert.Empty(book.Asked());
        book.Join("good", 2);
        Assert.Equal(["late/0", "low/0", "picky/0", "picky/1"], book.Settle());
        Assert.All(book.Placement.GrantsOf(new JobId("picky")), static grant => Assert.Equal("good", grant.Lease.Worker));
    }

    private static void Act(PlacementBook book, int call, int who, int number)
    {
        var job = $"j{who}";
        switch (call)
        {
            case 0:
                book.Join($"w{who}", number);
                break;
            case 1:
                book.Placement.Ledger.Bury($"w{who}");
                break;
            case 2:
                book.Now += TimeSpan.FromSeconds(5 * number);
                break;
            case 3:
                book.Claim(job, number, user: $"u{who % 2}", priority: who / 2, minimum: Math.Max(1, number - 2));
                break;
            case 4:
                book.Placement.Ledger.Release(new ReplicaId(new JobId(job), number), book.Placement.Ledger.Number - number);
                break;
            default:
                book.Placement.Withdraw(new JobId(job));
                break;
        }
    }

    private static long Hold(PlacementBook book, long newest)
    {
        var ledger = book.Placement.Ledger;
        var leases = ledger.Leases.Values.ToList();
        Assert.Equal(leases.Count, leases.Select(static lease => (lease.Worker, lease.Slot)).Distinct().Count());
        Assert.Equal(leases.Count, leases.Select(static lease => lease.Number).Distinct().Count());
        Assert.True(ledger.Number >= newest);
        Assert.Empty(ledger.Expire(book.Now));
        var held = book.Placement.Claims
            .Select(entry => (entry.Claim, Held: ledger.Leases.Keys.Count(replica => replica.Job == entry.Claim.Job)))
            .ToList();
        foreach (var (claim, slots) in held.Where(static entry => entry.Claim.Minimum == 1))
        {
            var waits = claim.Replicas.Any(ordinal => !ledger.Leases.ContainsKey(new ReplicaId(claim.Job, ordinal)));
            var user = held.Where(entry => entry.Claim.User == claim.User).Sum(static entry => entry.Held);
            var isKept = held.Exists(entry => entry.Claim.Minimum > entry.Held && entry.Held < entry.Claim.Replicas.Count);
            Assert.True(!waits || user >= 3 || isKept || ledger.Free(book.Now).Count == 0, $"{claim.Job} waits beside a free slot.");
        }

        return ledger.Number;
    }
}
