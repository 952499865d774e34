using DistGan.Recipes;
using DistGan.Training.Features;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// How generated images spread over the K classes of a frozen classifier, against real ones under the same classifier. With shares q
/// of generated and p of real images: modes = #{q_c &gt; 0}; solid_modes = #{q_c ≥ ¼·p_c, q_c &gt; 0}; least_class_share = min q_c;
/// reverse_kl = Σ_c q_c·ln(q_c/p_c) = KL(q ‖ p), at least 0; and every share q_c. Source of the divergence: Lin et al., PacGAN (2018), section 4.2.
/// </summary>
public sealed class ClassMetric : IMetric
{
    private const double SolidShare = 0.25;

    private readonly IFrozenClassifier _classifier;
    private readonly RealFeatures _real;
    private double[]? _realShares;

    /// <param name="real">Whose network is a classifier; shared.</param>
    public ClassMetric(RealFeatures real)
    {
        ArgumentNullException.ThrowIfNull(real);
        _classifier = real.Network as IFrozenClassifier ?? throw new DistGanException($"Classes of images are counted with a classifier, which feature network {real.Network.Name} is not.");
        Provenance = real.Provenance(real.Name, real.Count, "the largest logit gives the class, of real images too");
        _real = real.Share();
    }

    public string Name => MetricNames.Modes;

    public ScoreProvenance Provenance { get; }

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var features = samples.FeaturesOf(_classifier);
        var q = FeatureSets.AreFinite(features) ? SharesOf(features) : [.. Enumerable.Repeat(double.NaN, _classifier.ClassCount)];
        var p = _realShares ??= SharesOf(_real.All);
        var isKnown = !double.IsNaN(q[0]);
        var scores = new Dictionary<string, double>
        {
            [MetricNames.Modes] = isKnown ? q.Count(static share => share > 0) : double.NaN,
            [MetricNames.SolidModes] = isKnown ? q.Where((share, c) => share > 0 && share >= SolidShare * p[c]).Count() : double.NaN,
            [MetricNames.LeastClassShare] = q.Min(),
            [MetricNames.ReverseKl] = Divergence.Of(q, p),
        };
        for (var c = 0; c < q.Length; c++)
        {
            scores[MetricNames.ClassShare(c)] = q[c];
        }

        return scores;
    }

    public void Dispose() => _real.Dispose();

    private double[] SharesOf(Tensor features) => ClassHistogram.OfFeatures(_classifier, features);
}
