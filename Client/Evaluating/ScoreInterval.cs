namespace DistGan.Client.Evaluating;

/// <summary>One score over independent draws.</summary>
/// <param name="Values">Its value in each draw.</param>
public sealed record ScoreInterval(IReadOnlyList<double> Values)
{
    /// <summary>The mean; NaN where one value is not finite.</summary>
    public double Mean => Values.Average();

    /// <summary>√(Σ(v − mean)²/(draws − 1)); null with one draw.</summary>
    public double? Deviation => Values.Count < 2 ? null : Math.Sqrt(Values.Sum(value => (value - Mean) * (value - Mean)) / (Values.Count - 1));

    /// <summary>By score name, from the scores of each draw.</summary>
    public static IReadOnlyDictionary<string, ScoreInterval> Of(IReadOnlyList<IReadOnlyDictionary<string, double>> draws)
        => draws.Count == 0 ? new Dictionary<string, ScoreInterval>() : draws[0].Keys.ToDictionary(static name => name, name => new ScoreInterval([.. draws.Select(draw => draw[name])]));
}
