using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Workers;

/// <summary>
/// Which replicas are to give their slots back to waiting jobs of a higher priority: those of the lowest priority first, of equal ones the
/// job that claimed last, its highest ordinal first. What was asked for once counts until it is free. Nothing is asked for that would not
/// be enough to start with.
/// </summary>
public static class PreemptionRule
{
    /// <summary>Replicas to ask in addition.</summary>
    /// <param name="claims">All claims.</param>
    /// <param name="leases">All leases.</param>
    /// <param name="free">Slots that are free and not given away, which wait for more.</param>
    /// <param name="asked">Replicas that were asked before.</param>
    /// <param name="limitOf">Slots that a user may hold.</param>
    public static IReadOnlyList<ReplicaId> Victims(
        IReadOnlyCollection<QueuedClaim> claims,
        IReadOnlyDictionary<ReplicaId, SlotLease> leases,
        IEnumerable<SlotLease> free,
        IReadOnlySet<ReplicaId> asked,
        Func<string, int> limitOf)
    {
        var coming = free.Concat(asked.Where(leases.ContainsKey).Select(replica => leases[replica])).ToList();
        var shares = FairQueue.Shares(claims);
        var victims = new List<ReplicaId>();
        foreach (var claim in FairQueue.Order(claims))
        {
            var wanted = Math.Min(claim.Waiting.Count, limitOf(claim.Claim.User) - shares[claim.Claim.User]);
            var mine = coming.Where(claim.Claim.Fits).Take(wanted).ToList();
            var taken = Candidates(claim, claims, leases)
                .Where(replica => !asked.Contains(replica) && !victims.Contains(replica))
                .Take(wanted - mine.Count)
                .ToList();
            if (mine.Count + taken.Count >= claim.Need)
            {
                mine.ForEach(slot => coming.Remove(slot));
                victims.AddRange(taken);
            }
        }

        return victims;
    }

    private static IEnumerable<ReplicaId> Candidates(
        QueuedClaim claim, IReadOnlyCollection<QueuedClaim> claims, IReadOnlyDictionary<ReplicaId, SlotLease> leases)
        => from other in claims
           where other.Claim.Priority < claim.Claim.Priority
           orderby other.Claim.Priority, other.Order descending
           from ordinal in other.Claim.Replicas.OrderDescending()
           let replica = new ReplicaId(other.Claim.Job, ordinal)
           where leases.TryGetValue(replica, out var lease) && claim.Claim.Fits(lease)
           select replica;
}
