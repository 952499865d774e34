namespace DistGan.Recipes;

/// <summary>
/// Where discriminators go in a swap: the permutation π of N places, with π(n) ≠ n for every n, that is drawn from (seed, number of the
/// swap). It is one cycle through all places, each of the (N − 1)! with the same probability (Sattolo 1986): so a swap brings each
/// discriminator to data that it has not just seen (Hardy et al. 2019).
/// </summary>
public static class SwapPermutation
{
    /// <summary>π: the place to which the discriminator of each place goes.</summary>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="swap">The number of the swap, from 1.</param>
    /// <param name="places">N ≥ 2.</param>
    public static IReadOnlyList<int> Of(long seed, long swap, int places)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(places, 2);
        var random = new SeedSequence(seed, 0).RandomFor("swap", swap);
        int[] targets = [.. Enumerable.Range(0, places)];
        for (var i = places - 1; i > 0; i--)
        {
            var j = random.Next(i);
            (targets[i], targets[j]) = (targets[j], targets[i]);
        }

        return targets;
    }
}
