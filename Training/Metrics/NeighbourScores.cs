using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// How two sets of features lie in each other, in float64. A ball B(x) around a vector reaches to its k-th nearest neighbour in its
/// own set, itself not counted, its edge included. For real x₁…x_n and generated y₁…y_m:
/// precision = #{j: yⱼ ∈ ∪ᵢB(xᵢ)}/m, recall = #{i: xᵢ ∈ ∪ⱼB(yⱼ)}/n, density = Σⱼ#{i: yⱼ ∈ B(xᵢ)}/(k·m), coverage = #{i: B(xᵢ) ∋ some yⱼ}/n.
/// All lie in [0, 1] but density, which is at least 0 and 1 in expectation for equal distributions. Source: Kynkäänniemi et al. (2019), equations 1 to 3;
/// Naeem et al. (2020), equations 4 and 5.
/// </summary>
public sealed record NeighbourScores(double Precision, double Recall, double Density, double Coverage)
{
    /// <summary>k.</summary>
    public const int Neighbours = 5;

    /// <summary>Of real features [n, d] and generated ones [m, d], n, m &gt; k; all NaN where a feature is not finite.</summary>
    /// <param name="real">x.</param>
    /// <param name="generated">y.</param>
    /// <param name="k">Which neighbour gives the radius.</param>
    /// <param name="mostDistances">Distances in memory at once.</param>
    /// <exception cref="DistGan.Recipes.DistGanException">The sets have different widths, or one has k vectors or fewer.</exception>
    public static NeighbourScores Of(Tensor real, Tensor generated, int k = Neighbours, int mostDistances = FeatureSets.MostDistances)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        FeatureSets.ThrowIfUnlike(real, generated, k + 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (x, y) = (FeatureSets.Wide(real), FeatureSets.Wide(generated));
        if (!FeatureSets.AreFinite(x) || !FeatureSets.AreFinite(y))
        {
            return new NeighbourScores(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var (ofReal, ofGenerated) = (FeatureSets.ToNeighbour(x, k, mostDistances), FeatureSets.ToNeighbour(y, k, mostDistances));
        var (inside, balls) = (0L, 0L);
        var (covered, recalled) = (zeros(x.shape[0], ScalarType.Bool), zeros(x.shape[0], ScalarType.Bool));
        FeatureSets.ForRows(
            y,
            x,
            (distances, start) =>
            {
                var inReal = distances.le(ofReal);
                balls += inReal.sum().item<long>();
                inside += inReal.any(1).sum().item<long>();
                covered.logical_or_(inReal.any(0));
                recalled.logical_or_(distances.le(ofGenerated.narrow(0, start, distances.shape[0]).unsqueeze(1)).any(0));
            },
            mostDistances);
        double n = x.shape[0], m = y.shape[0];
        return new NeighbourScores(inside / m, recalled.sum().item<long>() / n, balls / (k * m), covered.sum().item<long>() / n);
    }
}
