using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// Squared maximum mean discrepancy of two sets of features under k(x, y) = (xᵀy/d + 1)³, unbiased, in float64:
/// MMD² = Σ_{i≠j} k(xᵢ, xⱼ)/(s(s−1)) + Σ_{i≠j} k(yᵢ, yⱼ)/(s(s−1)) − 2·Σ_{i,j} k(xᵢ, yⱼ)/s² for s vectors of each. Unbiased, so it may
/// be below 0 for equal distributions. It is the mean over 100 random subsets of s = min(1000, m, n) of the m and n vectors, and
/// its standard error that of this mean; where a subset is all there is, it is taken once and the error is NaN.
/// Source: Gretton et al. (2012), equation 3; Bińkowski et al. (2018), section 4.
/// </summary>
/// <param name="Mean">MMD².</param>
/// <param name="StandardError">Deviation of the subsets / √subsets.</param>
/// <param name="SubsetSize">s.</param>
public sealed record KernelDistance(double Mean, double StandardError, int SubsetSize)
{
    /// <summary>Random subsets.</summary>
    public const int Subsets = 100;

    /// <summary>Vectors of each set in a subset, at most.</summary>
    public const int LargestSubset = 1000;

    /// <summary>Between features [m, d] and [n, d], m, n ≥ 2; NaN where a feature is not finite.</summary>
    /// <param name="one">One set.</param>
    /// <param name="two">The other.</param>
    /// <param name="seeds">Where the subsets come from.</param>
    /// <param name="largest">s, at most.</param>
    /// <exception cref="DistGanException">The sets have different widths, or one has fewer than two vectors.</exception>
    public static KernelDistance Between(Tensor one, Tensor two, SeedSequence seeds, int largest = LargestSubset)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(two);
        FeatureSets.ThrowIfUnlike(one, two, least: 2);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (x, y) = (FeatureSets.Wide(one), FeatureSets.Wide(two));
        var (m, n) = ((int)x.shape[0], (int)y.shape[0]);
        var size = Math.Min(largest, Math.Min(m, n));
        if (size == m && size == n)
        {
            return new KernelDistance(Squared(x, y), double.NaN, size);
        }

        var values = new double[Subsets];
        for (var i = 0; i < Subsets; i++)
        {
            using var inner = NewDisposeScope();
            values[i] = Squared(Subset(x, size, seeds.RandomFor("kid", i)), Subset(y, size, seeds.RandomFor("kid", i, 1)));
        }

        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (Subsets - 1));
        return new KernelDistance(mean, deviation / Math.Sqrt(Subsets), size);
    }

    private static double Squared(Tensor x, Tensor y)
    {
        double s = x.shape[0];
        return (OffDiagonal(x) + OffDiagonal(y)) / (s * (s - 1)) - 2 * Kernel(x, y).sum().item<double>() / (s * s);
    }

    /// <summary>Σ_{i≠j} k(xᵢ, xⱼ).</summary>
    private static double OffDiagonal(Tensor x)
    {
        var kernel = Kernel(x, x);
        return (kernel.sum() - kernel.diagonal().sum()).item<double>();
    }

    private static Tensor Kernel(Tensor x, Tensor y) => (x.mm(y.t()) / Of(x.shape[1])).Plus(1).pow(Of(3));

    private static Tensor Subset(Tensor x, int size, Random random)
    {
        if (size == x.shape[0])
        {
            return x;
        }

        var order = Enumerable.Range(0, (int)x.shape[0]).Select(static i => (long)i).ToArray();
        random.Shuffle(order);
        return x.index_select(0, tensor(order[..size]));
    }
}
