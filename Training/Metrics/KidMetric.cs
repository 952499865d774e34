using DistGan.Recipes;

namespace DistGan.Training.Metrics;

/// <summary>Kernel distance (<see cref="KernelDistance"/>) between features of generated samples and of real ones; it has no bias with few samples, which a Fréchet distance has.</summary>
public sealed class KidMetric : IMetric
{
    private readonly RealFeatures _real;

    /// <param name="real">The real side; shared.</param>
    public KidMetric(RealFeatures real)
    {
        ArgumentNullException.ThrowIfNull(real);
        Provenance = real.Provenance(real.Name, real.Count, $"{KernelDistance.Subsets} subsets of at most {KernelDistance.LargestSubset}, seed {real.Seeds.Seed}");
        _real = real.Share();
    }

    public string Name => MetricNames.Kid;

    public ScoreProvenance Provenance { get; }

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var distance = KernelDistance.Between(samples.FeaturesOf(_real.Network), _real.All, _real.Seeds);
        return new Dictionary<string, double> { [MetricNames.Kid] = distance.Mean, [MetricNames.KidStandardError] = distance.StandardError };
    }

    public void Dispose() => _real.Dispose();
}
