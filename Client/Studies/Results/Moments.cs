namespace DistGan.Client.Studies.Results;

/// <summary>
/// Mean x̄ = Σ xᵢ / n and standard deviation s = √(Σ (xᵢ − x̄)² / (n − 1)) of a sample.
/// </summary>
/// <param name="Count">n.</param>
/// <param name="Mean">x̄; null without values.</param>
/// <param name="Deviation">s; null with fewer than two values.</param>
public sealed record Moments(int Count, double? Mean, double? Deviation)
{
    /// <summary>Of finite values.</summary>
    public static Moments Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return new(0, null, null);
        }

        var mean = values.Average();
        return new(values.Count, mean, values.Count < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)));
    }
}
