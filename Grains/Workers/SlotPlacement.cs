using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Workers;

/// <summary>
/// Who waits for slots and who gets them. Free slots go to claims in the order of <see cref="FairQueue"/>; a claim whose turn it is and
/// that needs several at once keeps what is free back until it has enough, unless the cluster is too small for it. A user at the limit is
/// passed over, and so are slots of workers that a claim avoids. Pure: no clock, no calls.
/// </summary>
public sealed class SlotPlacement(PlacementOptions options)
{
    private readonly Dictionary<JobId, (SlotClaim Claim, long Order)> _claims = [];
    private readonly HashSet<ReplicaId> _lost = [];
    private readonly HashSet<ReplicaId> _asked = [];

    /// <summary>Workers and leases.</summary>
    public SlotLedger Ledger { get; } = new(options.Patience);

    /// <summary>How often a claim has changed.</summary>
    public long Changes { get; private set; }

    /// <summary>Claims with their places, in the order of their places.</summary>
    public IReadOnlyList<(SlotClaim Claim, long Order)> Claims => [.. _claims.Values.OrderBy(static entry => entry.Order)];

    /// <summary>Jobs that hold or want slots.</summary>
    public IReadOnlyList<JobId> Jobs => [.. _claims.Keys.Union(Ledger.Leases.Keys.Select(static replica => replica.Job))];

    /// <summary>Takes over a claim that was stored.</summary>
    public void Load(SlotClaim claim, long order) => _claims[claim.Job] = (claim, order);

    /// <summary>Takes a claim; why it is refused and not kept, or null. One that was kept before is never refused.</summary>
    public string? Claim(SlotClaim claim, DateTimeOffset now)
    {
        if (!_claims.TryGetValue(claim.Job, out var known))
        {
            if (Refuse(claim, now) is { } refusal)
            {
                return refusal;
            }

            known.Order = _claims.Values.Select(static entry => entry.Order).DefaultIfEmpty(0).Max() + 1;
        }

        Changes += IsSame(claim, known.Claim) ? 0 : 1;
        _claims[claim.Job] = (claim, known.Order);
        return null;
    }

    /// <summary>Forgets a job; false where nothing was known of it.</summary>
    public bool Withdraw(JobId job)
    {
        _lost.RemoveWhere(replica => replica.Job == job);
        return _claims.Remove(job) | Ledger.ReleaseAll(job);
    }

    /// <summary>What a job holds, in the order of its replicas.</summary>
    public IReadOnlyList<SlotGrant> GrantsOf(JobId job)
        => [.. Ledger.Leases
            .Where(pair => pair.Key.Job == job)
            .OrderBy(static pair => pair.Key.Ordinal)
            .Select(pair => new SlotGrant { Replica = pair.Key.Ordinal, Lease = pair.Value, GiveBack = _asked.Contains(pair.Key) })];

    /// <summary>Ends the leases of workers that are gone and gives free slots away.</summary>
    /// <returns>Jobs that hold more, less, or are to give back.</returns>
    public IReadOnlySet<JobId> Settle(DateTimeOffset now)
    {
        var changed = new HashSet<JobId>();
        foreach (var replica in Ledger.Expire(now))
        {
            _lost.Add(replica);
            changed.Add(replica.Job);
        }

        var kept = GiveAway(now, changed);
        _asked.RemoveWhere(replica => !Ledger.Leases.ContainsKey(replica));
        if (options.Preemption)
        {
            foreach (var replica in PreemptionRule.Victims(Queue(), Ledger.Leases, kept, _asked, options.LimitOf))
            {
                _asked.Add(replica);
                changed.Add(replica.Job);
            }
        }

        return changed;
    }

    /// <summary>Replicas that want a slot and have none.</summary>
    public int Waiting => Queue().Sum(static claim => claim.Waiting.Count);

    private List<SlotLease> GiveAway(DateTimeOffset now, HashSet<JobId> changed)
    {
        var free = Ledger.Free(now).ToList();
        var kept = new List<SlotLease>();
        var passed = new HashSet<JobId>();
        while (true)
        {
            var queue = Queue();
            var shares = FairQueue.Shares(queue);
            if (FairQueue.Order(queue).FirstOrDefault(claim => !passed.Contains(claim.Claim.Job)) is not { } next)
            {
                return [.. kept, .. free];
            }

            var fitting = free.Where(next.Claim.Fits).ToList();
            if (shares[next.Claim.User] + next.Need > options.LimitOf(next.Claim.User))
            {
                passed.Add(next.Claim.Job);
            }
            else if (fitting.Count >= next.Need)
            {
                Give(next, free);
                changed.Add(next.Claim.Job);
            }
            else
            {
                passed.Add(next.Claim.Job);
                if (SlotsFor(next.Claim.Fits, now) >= next.Need + next.Held)
                {
                    kept.AddRange(fitting);
                    free.RemoveAll(fitting.Contains);
                }
            }
        }
    }

    private void Give(QueuedClaim claim, List<SlotLease> free)
    {
        foreach (var ordinal in claim.Waiting.Take(claim.Need))
        {
            var replica = new ReplicaId(claim.Claim.Job, ordinal);
            var lease = Ledger.Lease(replica, claim.Claim.Fits, free)!;
            free.RemoveAll(slot => slot.Worker == lease.Worker && slot.Slot == lease.Slot);
            _lost.Remove(replica);
        }
    }

    private List<QueuedClaim> Queue()
        => [.. _claims.Values.Select(entry =>
        {
            var replicas = entry.Claim.Replicas.Order().Select(ordinal => new ReplicaId(entry.Claim.Job, ordinal)).ToList();
            var waiting = replicas.Where(replica => !Ledger.Leases.ContainsKey(replica)).ToList();
            return new QueuedClaim(
                entry.Claim, entry.Order, Ledger.Leases.Keys.Count(replica => replica.Job == entry.Claim.Job), [.. waiting.Select(static replica => replica.Ordinal)], waiting.Exists(_lost.Contains));
        })];

    private int SlotsFor(Func<SlotLease, bool> fits, DateTimeOffset now) => Ledger.Live(now).Sum(worker => worker.Slots.Count(fits));

    private string? Refuse(SlotClaim claim, DateTimeOffset now)
    {
        var workers = Ledger.Live(now);
        if (workers.Count > 0 && SlotsFor(slot => slot.Threads >= claim.Threads, now) == 0)
        {
            var slots = workers.SelectMany(static worker => worker.Slots).ToList();
            var widest = slots.Select(static slot => slot.Threads).DefaultIfEmpty(0).Max();
            return $"The job '{claim.Job}' needs slots of at least {Count(claim.Threads, "thread")} each, and there are none (there are {Count(slots.Count, "slot")} on {Count(workers.Count, "worker")}, the widest of {Count(widest, "thread")}): lower threads, or add a worker.";
        }

        return claim.Minimum > options.LimitOf(claim.User)
            ? $"The job '{claim.Job}' needs {Count(claim.Minimum, "slot")} at once, and {(claim.User.Length == 0 ? "jobs of nobody in particular" : $"the user '{claim.User}'")} may hold {Count(options.LimitOf(claim.User), "slot")}: lower topology.quorum or replicas, or raise {PlacementOptions.Section}."
            : null;
    }

    private static bool IsSame(SlotClaim claim, SlotClaim? known)
        => known is not null && claim.Replicas.SequenceEqual(known.Replicas) && claim.Avoid.SequenceEqual(known.Avoid) && claim == known with { Replicas = claim.Replicas, Avoid = claim.Avoid };

    private static string Count(int number, string one) => number == 1 ? $"1 {one}" : $"{number} {one}s";
}
