using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// Squared Fréchet distance of two Gaussians: d² = ‖μ₁−μ₂‖² + Tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½) ≥ 0, in float64. With A = Σ₁^½ from the
/// eigenvectors of Σ₁, Tr (Σ₁Σ₂)^½ = Σᵢ √max(λᵢ(AΣ₂A), 0): AΣ₂A is symmetric, so singular covariances (fewer samples than
/// features) are no trouble. Source: Heusel et al. (2017), equation 6.
/// </summary>
public static class FrechetDistance
{
    /// <summary>d², or NaN where a statistic is not finite.</summary>
    /// <exception cref="DistGanException">The statistics have different widths.</exception>
    public static double Between(FeatureStatistics one, FeatureStatistics two)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(two);
        if (one.Width != two.Width)
        {
            throw new DistGanException($"A Fréchet distance takes features of one network: expected {one.Width} numbers a sample, found {two.Width}.");
        }

        if (!IsFinite(one) || !IsFinite(two))
        {
            return double.NaN;
        }

        var shift = one.Mean.Zip(two.Mean, static (a, b) => (a - b) * (a - b)).Sum();
        // Two equal distributions may come out as −1e−13.
        return Math.Max(0, shift + Trace(one) + Trace(two) - 2 * TraceOfRoot(one, two));
    }

    private static double TraceOfRoot(FeatureStatistics one, FeatureStatistics two)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (values, vectors) = linalg.eigh(Matrix(one));
        var root = (vectors * values.clamp_min(Of(0)).sqrt()).mm(vectors.t());
        var product = root.mm(Matrix(two)).mm(root);
        return linalg.eigvalsh(product.Plus(product.t()) / Of(2)).clamp_min(Of(0)).sqrt().sum().item<double>();
    }

    private static Tensor Matrix(FeatureStatistics statistics) => tensor(statistics.Covariance).view(statistics.Width, statistics.Width);

    private static double Trace(FeatureStatistics statistics)
        => Enumerable.Range(0, statistics.Width).Sum(i => statistics.Covariance[i * statistics.Width + i]);

    private static bool IsFinite(FeatureStatistics statistics)
        => statistics.Mean.All(double.IsFinite) && statistics.Covariance.All(double.IsFinite);
}
