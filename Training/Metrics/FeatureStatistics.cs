using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Features;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>Mean μ and unbiased covariance Σ = (1/(N−1))·Σᵢ(fᵢ−μ)(fᵢ−μ)ᵀ of N feature vectors, in float64.</summary>
/// <param name="Mean">d numbers.</param>
/// <param name="Covariance">d² numbers, row-major.</param>
/// <param name="Count">N.</param>
public sealed record FeatureStatistics(double[] Mean, double[] Covariance, long Count)
{
    /// <summary>Number of features d.</summary>
    public int Width => Mean.Length;

    /// <summary>Of features [N, d], N ≥ 2.</summary>
    /// <exception cref="DistGanException">There are fewer than two vectors.</exception>
    public static FeatureStatistics Of(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.dim() != 2 || features.shape[0] < 2)
        {
            throw new DistGanException($"A covariance takes at least two feature vectors [N, d], not [{string.Join(", ", features.shape)}].");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var wide = features.to(ScalarType.Float64).cpu();
        var mean = wide.mean([0L]);
        var centred = wide - mean;
        var covariance = centred.t().mm(centred) / Scalars.Of(features.shape[0] - 1);
        return new FeatureStatistics(Numbers(mean), Numbers(covariance), features.shape[0]);
    }

    /// <summary>Those of the 60,000 training images of Fashion-MNIST, shipped beside <see cref="FeatureNetwork.Fashion"/>.</summary>
    /// <exception cref="DistGanException">The file is missing or damaged.</exception>
    public static FeatureStatistics Fashion() => FeatureAssets.Fashion.Reference();

    private static double[] Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, double>(tensor.contiguous().bytes).ToArray();
}
