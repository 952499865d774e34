using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// exp(1/N·Σᵢ KL(p(y|xᵢ) ‖ p(y))) with p(y) = 1/N·Σᵢ p(y|xᵢ), from a classifier's logits, in float64 and in [1, K]: high where each
/// image is clearly of one class and all classes occur. Over the whole set at once, so the order of the images does not matter; the
/// original takes ten parts. Source: Salimans et al. (2016), section 4.
/// </summary>
public static class InceptionScore
{
    /// <summary>Of logits [N, K], N ≥ 1; NaN where one is not finite.</summary>
    public static double Of(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var conditional = logits.detach().to(ScalarType.Float64).log_softmax(1);
        var p = conditional.exp();
        // A class that nobody has a share in has no term; its logarithm must only stay finite.
        var marginal = p.mean([0L]).clamp_min(double.Epsilon).log();
        return (p * (conditional - marginal)).sum(1).mean().exp().item<double>();
    }
}
