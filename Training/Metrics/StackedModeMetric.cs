using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;

namespace DistGan.Training.Metrics;

/// <summary>
/// How a generator covers the modes of stacked digits: with q_m the share of generated images that the classifier gives to mode m and
/// p_m the share of mode m among all real images, by their labels: modes = #{q_m &gt; 0}, those with a sample at all;
/// solid_modes = #{q_m ≥ ¼·p_m, q_m &gt; 0}; reverse_kl = Σ_m q_m·ln(q_m/p_m) = KL(q ‖ p) ≥ 0. NaN where a sample is not finite. Both depend on the number
/// of samples, 26,000 in the published protocol: even N real samples of M equally likely modes have a divergence of about (M − 1)/(2N), and miss
/// M·e^(−N/M) modes. Source: Srivastava et al., VEEGAN (2017), section 5.1; Lin et al., PacGAN (2018), section 4.2.
/// </summary>
public sealed class StackedModeMetric : IMetric
{
    private const double SolidShare = 0.25;

    private readonly IFrozenClassifier _classifier;
    private readonly RealFeatures _real;
    private double[]? _realShares;

    /// <param name="real">Labelled images and a classifier with as many classes; shared.</param>
    /// <exception cref="DistGanException">The network is no classifier of the data's classes.</exception>
    public StackedModeMetric(RealFeatures real)
    {
        ArgumentNullException.ThrowIfNull(real);
        _classifier = Fits(real.Data, real.Network)
            ? (IFrozenClassifier)real.Network
            : throw new DistGanException($"The {real.Data.Classes} modes of {real.Data.Name} are counted with a classifier of as many classes, which feature network {real.Network.Name} is not.");
        Provenance = real.Provenance($"{real.Data.Name}, labels of all real images", real.Data.Count, "the largest logit of each channel");
        _real = real.Share();
    }

    public string Name => MetricNames.Modes;

    public ScoreProvenance Provenance { get; }

    /// <summary>Whether a network tells the modes of stacked digits apart.</summary>
    public static bool Fits(IDataSet data, IFeatureNetwork network)
        => data is StackedDataSet && network is IFrozenClassifier classifier && classifier.ClassCount == data.Classes;

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var features = samples.FeaturesOf(_classifier);
        if (!FeatureSets.AreFinite(features))
        {
            return Values(double.NaN, double.NaN, double.NaN);
        }

        var q = ClassHistogram.OfFeatures(_classifier, features);
        var p = _realShares ??= RealShares();
        return Values(q.Count(static share => share > 0), q.Where((share, m) => share > 0 && share >= SolidShare * p[m]).Count(), Divergence.Of(q, p));
    }

    public void Dispose() => _real.Dispose();

    private static Dictionary<string, double> Values(double modes, double solid, double divergence)
        => new() { [MetricNames.Modes] = modes, [MetricNames.SolidModes] = solid, [MetricNames.ReverseKl] = divergence };

    private double[] RealShares()
    {
        var counts = new long[_real.Data.Classes];
        for (var i = 0L; i < _real.Data.Count; i++)
        {
            counts[_real.Data.LabelOf(i)]++;
        }

        return [.. counts.Select(count => count / (double)_real.Data.Count)];
    }
}
