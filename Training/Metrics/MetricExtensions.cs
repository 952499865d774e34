using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>Scores without a shared feature pass.</summary>
public static class MetricExtensions
{
    /// <summary>Scores samples that no other metric asks for.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="samples">As for <see cref="ScoredSamples"/>.</param>
    public static IReadOnlyDictionary<string, double> Score(this IMetric metric, Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(metric);
        using var scored = new ScoredSamples(samples);
        return metric.Score(scored);
    }
}
