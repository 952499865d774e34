using DistGan.Recipes;
using DistGan.Training.Features;

namespace DistGan.Training.Metrics;

/// <summary>The score of <see cref="InceptionScore"/> from a frozen classifier; it has no real side, so it does not see copies or what lies within a class.</summary>
public sealed class InceptionScoreMetric : IMetric
{
    private readonly IFrozenClassifier _classifier;
    private readonly RealFeatures _real;

    /// <param name="real">Whose network is a classifier; shared.</param>
    public InceptionScoreMetric(RealFeatures real)
    {
        ArgumentNullException.ThrowIfNull(real);
        _classifier = real.Network as IFrozenClassifier ?? throw new DistGanException($"The score '{MetricNames.InceptionScore}' takes a classifier, which feature network {real.Network.Name} is not.");
        Provenance = real.Provenance("none", 0, "the whole set, no parts");
        _real = real.Share();
    }

    public string Name => MetricNames.InceptionScore;

    public ScoreProvenance Provenance { get; }

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        return new Dictionary<string, double> { [MetricNames.InceptionScore] = InceptionScore.Of(_classifier, samples.FeaturesOf(_classifier)) };
    }

    public void Dispose() => _real.Dispose();
}
