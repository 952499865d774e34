using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Objectives;

/// <summary>
/// L = E[−log p(x|z)] + E[KL(q(z|x) ‖ N(0, I))], the negative lower bound of log p(x) (Kingma and Welling 2014, equation 3), in nats
/// a sample, means over the batch. The encoder gives μ and log σ² of q; z = μ + σ·ε with ε ~ N(0, I), one for each sample
/// (section 2.4); KL = ½·Σ(μ² + σ² − 1 − log σ²) (appendix B).
/// </summary>
/// <remarks>
/// With y = G(z): gaussian −log p = Σ[(x − y)²/2s² + ½·log 2πs²]; bernoulli −log p = −Σ[t·log p + (1 − t)·log(1 − p)] with t, p = (x, y)
/// brought from [−1, 1] to [0, 1]. log σ² is cut off to [−30, 20] and p to [1e-6, 1 − 1e-6], so that no code makes the loss infinite.
/// </remarks>
/// <param name="recipe">The likelihood, and s.</param>
public sealed class Variational(VariationalRecipe recipe) : IJointObjective
{
    private const double Certain = 1e-6;
    private static readonly long[] Numbers = [1];

    public Tensor Loss(JointTurn turn)
    {
        var size = turn.Encoded.shape[1] / 2;
        var mean = turn.Encoded.narrow(1, 0, size);
        var logVariance = turn.Encoded.narrow(1, size, size).clamp(Of(-30), Of(20));
        var code = mean.Plus((Of(0.5) * logVariance).exp() * turn.Noise());
        var reconstruction = Surprise(turn.Samples, turn.Decode(code)).flatten(1).sum(Numbers).mean();
        var divergence = Of(0.5) * (mean.Squared().Plus(logVariance.exp()) - Of(1) - logVariance).sum(Numbers).mean();
        turn.Meter.Add(MetricNames.Reconstruction, reconstruction.detach());
        turn.Meter.Add(MetricNames.KlDivergence, divergence.detach());
        return reconstruction.Plus(divergence);
    }

    /// <summary>−log p of each number of x [N, …].</summary>
    private Tensor Surprise(Tensor x, Tensor y)
    {
        if (recipe.Likelihood == "gaussian")
        {
            var variance = recipe.Deviation * recipe.Deviation;
            return ((x - y).Squared() / Of(2 * variance)).Plus(0.5 * Math.Log(2 * Math.PI * variance));
        }

        var target = x.Plus(1) / Of(2);
        var probability = (y.Plus(1) / Of(2)).clamp(Of(Certain), Of(1 - Certain));
        return -(target * probability.log()).Plus(Of(1).Minus(target) * Of(1).Minus(probability).log());
    }
}
