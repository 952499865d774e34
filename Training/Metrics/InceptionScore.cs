using DistGan.Training.Arithmetic;
using DistGan.Training.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>
/// exp(1/N·Σᵢ KL(p(y|xᵢ) ‖ p(y))) with p(y) = 1/N·Σᵢ p(y|xᵢ), from a classifier's logits, in float64 and in [1, K]: high where each
/// image is clearly of one class and all classes occur. Over the whole set at once, so the order of the images does not matter; the
/// original takes ten parts. Source: Salimans et al. (2016), section 4.
/// </summary>
public static class InceptionScore
{
    private const int Chunk = 500;

    /// <summary>Of logits [N, K], N ≥ 1; NaN where one is not finite.</summary>
    public static double Of(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        return Of(logits, static part => part);
    }

    /// <summary>Of features [N, d] of a classifier, N ≥ 1, some at a time, so that memory does not grow with N·K.</summary>
    public static double Of(IFrozenClassifier classifier, Tensor features)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(features);
        return Of(features, classifier.LogitsOf);
    }

    /// <summary>With H the entropy, 1/N·Σᵢ KL(p(y|xᵢ) ‖ p(y)) = H(p(y)) − 1/N·Σᵢ H(p(y|xᵢ)), of which both are sums over samples.</summary>
    private static double Of(Tensor rows, Func<Tensor, Tensor> logitsOf)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (total, own, count) = (zeros(1, ScalarType.Float64), 0.0, rows.shape[0]);
        for (var start = 0L; start < count; start += Chunk)
        {
            using var inner = NewDisposeScope();
            var conditional = logitsOf(rows.narrow(0, start, Math.Min(Chunk, count - start))).detach().to(ScalarType.Float64).log_softmax(1);
            var p = conditional.exp();
            own += (p * conditional).sum().item<double>();
            total = total.Plus(p.sum(0, keepdim: true)).MoveToOuterDisposeScope();
        }

        // A class that nobody has a share in has no term; its logarithm must only stay finite.
        var marginal = total / Scalars.Of(count);
        return Math.Exp(own / count - (marginal * marginal.clamp_min(Scalars.Of(double.Epsilon)).log()).sum().item<double>());
    }
}
