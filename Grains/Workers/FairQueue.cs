namespace DistGan.Grains.Workers;

/// <summary>
/// Whose turn it is: the highest priority; then who has lost a worker; then the user that holds the fewest slots (max-min fairness, one
/// slot at a time); then the job that claimed first.
/// </summary>
public static class FairQueue
{
    /// <summary>Waiting claims in the order of their turns.</summary>
    public static IReadOnlyList<QueuedClaim> Order(IReadOnlyCollection<QueuedClaim> claims)
    {
        var shares = Shares(claims);
        return [.. claims
            .Where(static claim => claim.Need > 0)
            .OrderByDescending(static claim => claim.Claim.Priority)
            .ThenByDescending(static claim => claim.Lost)
            .ThenBy(claim => shares[claim.Claim.User])
            .ThenBy(static claim => claim.Order)];
    }

    /// <summary>Slots that each user holds.</summary>
    public static IReadOnlyDictionary<string, int> Shares(IEnumerable<QueuedClaim> claims)
        => claims.GroupBy(static claim => claim.Claim.User, StringComparer.Ordinal)
            .ToDictionary(static user => user.Key, static user => user.Sum(static claim => claim.Held), StringComparer.Ordinal);
}
