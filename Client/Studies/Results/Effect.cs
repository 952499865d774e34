namespace DistGan.Client.Studies.Results;

/// <summary>
/// How a score differs from the baseline's, paired by seed: dᵢ = xᵢ − bᵢ over the seeds that both have, the mean of d, and its standard
/// error s_d / √n. What a seed does to both alike cancels.
/// </summary>
/// <param name="Pairs">n.</param>
/// <param name="Difference">Mean of d.</param>
/// <param name="StandardError">Null with fewer than two pairs.</param>
public sealed record Effect(int Pairs, double Difference, double? StandardError)
{
    /// <summary>The effect; null where no seed has both values.</summary>
    /// <param name="values">The score by seed.</param>
    /// <param name="baseline">The baseline's score by seed.</param>
    public static Effect? Of(IReadOnlyDictionary<long, double> values, IReadOnlyDictionary<long, double> baseline)
    {
        double[] differences = [.. values.Where(value => baseline.ContainsKey(value.Key)).Select(value => value.Value - baseline[value.Key])];
        var moments = Moments.Of(differences);
        return moments.Mean is { } mean ? new(moments.Count, mean, moments.Deviation / Math.Sqrt(moments.Count)) : null;
    }
}
