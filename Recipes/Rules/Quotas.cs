namespace DistGan.Recipes;

/// <summary>
/// Divides a number of samples by shares, by largest remainders: part i gets ⌊n·sᵢ/Σs⌋, and what is left goes one each to the
/// parts with the largest remainders, the earlier first where they are equal.
/// </summary>
public static class Quotas
{
    /// <summary>As many numbers as shares, with the sum <paramref name="count"/>.</summary>
    /// <param name="shares">Not negative, not all 0.</param>
    /// <param name="count">n.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<double> shares, int count)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var sum = shares.Sum();
        if (!(sum > 0) || !double.IsFinite(sum) || shares.Any(static share => share < 0))
        {
            throw new DistGanException($"Shares must not be negative, and not all 0, but are {string.Join(", ", shares)}.");
        }

        var exact = shares.Select(share => share / sum * count).ToArray();
        var quotas = exact.Select(static value => (int)Math.Floor(value)).ToArray();
        foreach (var i in Enumerable.Range(0, exact.Length).OrderByDescending(i => exact[i] - quotas[i]).ThenBy(static i => i).Take(count - quotas.Sum()).ToArray())
        {
            quotas[i]++;
        }

        return quotas;
    }
}
