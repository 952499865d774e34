using DistGan.Recipes;

namespace DistGan.Training.Metrics;

/// <summary>
/// Precision, recall, density and coverage (<see cref="NeighbourScores"/>) of generated samples against as many real ones, or all
/// where there are fewer: quality and variety as separate numbers.
/// </summary>
public sealed class PrdcMetric : IMetric
{
    private readonly RealFeatures _real;

    /// <param name="real">The real side; shared.</param>
    public PrdcMetric(RealFeatures real)
    {
        ArgumentNullException.ThrowIfNull(real);
        Provenance = real.Provenance(real.Name, real.Count, $"k = {NeighbourScores.Neighbours}, as many real images as generated ones at most, seed {real.Seeds.Seed}");
        _real = real.Share();
    }

    public string Name => MetricNames.Prdc;

    public ScoreProvenance Provenance { get; }

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var real = _real.Draw(samples.Count, MetricNames.Prdc);
        var scores = Math.Min(real.shape[0], samples.Count) > NeighbourScores.Neighbours
            ? NeighbourScores.Of(real, samples.FeaturesOf(_real.Network))
            : new NeighbourScores(double.NaN, double.NaN, double.NaN, double.NaN);
        return new Dictionary<string, double>
        {
            [MetricNames.Precision] = scores.Precision,
            [MetricNames.Recall] = scores.Recall,
            [MetricNames.Density] = scores.Density,
            [MetricNames.Coverage] = scores.Coverage,
        };
    }

    public void Dispose() => _real.Dispose();
}
