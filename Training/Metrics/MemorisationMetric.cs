using DistGan.Recipes;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// Whether a generator draws its training images again, or the same image again and again. With d(y) the distance of features to the
/// nearest training image, for generated images y, and for real images each held out of the training data in turn:
/// memorisation = median d(generated) / median d(held out), near 0 for copies and 1 for new images of the same kind;
/// copied_share = #{d(y) ≤ t}/N with t the 1 % quantile of d(held out), so .01 for new images;
/// identical_share = share of generated images that equal a training image in every pixel (8 bits);
/// duplicate_share = 1 − #{different generated images}/N; diversity = √(Tr Σ_generated / Tr Σ_real), 0 for one image only.
/// Source of the comparison of distances: Meehan, Chaudhuri and Dasgupta (2020), section 3, with medians instead of ranks.
/// </summary>
public sealed class MemorisationMetric : IMetric
{
    private const double CopyQuantile = 0.01;

    /// <summary>Real images that are held out in turn, at most.</summary>
    private const int MostHeldOut = 2048;

    private readonly RealFeatures _real;
    private (double Median, double Copy)? _heldOut;
    private HashSet<UInt128>? _pixels;
    private double? _spread;

    /// <param name="real">Training images; shared.</param>
    public MemorisationMetric(RealFeatures real)
    {
        ArgumentNullException.ThrowIfNull(real);
        Provenance = real.Provenance(real.Name, real.Count, $"nearest of {real.Count} training images; {Math.Min(real.Count, MostHeldOut)} of them held out one at a time, seed {real.Seeds.Seed}");
        _real = real.Share();
    }

    public string Name => MetricNames.Memorisation;

    public ScoreProvenance Provenance { get; }

    public IReadOnlyDictionary<string, double> Score(ScoredSamples samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var features = FeatureSets.Wide(samples.FeaturesOf(_real.Network));
        var pixels = PixelHashes.Of(samples.Values);
        var isFinite = FeatureSets.AreFinite(features);
        var (median, copy) = _heldOut ??= HeldOut();
        var distances = isFinite ? FeatureSets.Smallest(features, FeatureSets.Wide(_real.All), 1).data<double>().ToArray() : [];
        return new Dictionary<string, double>
        {
            [MetricNames.Memorisation] = isFinite && median > 0 ? Quantile(distances, 0.5) / median : double.NaN,
            [MetricNames.CopiedShare] = isFinite ? distances.Count(d => d <= copy) / (double)distances.Length : double.NaN,
            [MetricNames.IdenticalShare] = pixels.Count((_pixels ??= PixelHashes.Of(_real)).Contains) / (double)pixels.Count,
            [MetricNames.DuplicateShare] = 1 - pixels.Distinct().Count() / (double)pixels.Count,
            [MetricNames.Diversity] = Spread(features) / (_spread ??= Spread(FeatureSets.Wide(_real.All))),
        };
    }

    public void Dispose() => _real.Dispose();

    /// <summary>Median and copy threshold of the distances of real images to the nearest other training image.</summary>
    private (double Median, double Copy) HeldOut()
    {
        if (_real.Count < 2)
        {
            return (double.NaN, double.NaN);
        }

        using var scope = NewDisposeScope();
        var all = FeatureSets.Wide(_real.All);
        var drawn = FeatureSets.Wide(_real.Draw(MostHeldOut, MetricNames.Memorisation));
        // The nearest of all is the image itself.
        var distances = FeatureSets.Smallest(drawn, all, 2).data<double>().ToArray();
        return (Quantile(distances, 0.5), Quantile(distances, CopyQuantile));
    }

    /// <summary>√Tr Σ.</summary>
    private static double Spread(Tensor features)
        => features.shape[0] < 2 ? double.NaN : Math.Sqrt(features.var(0, unbiased: true).sum().item<double>());

    private static double Quantile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
