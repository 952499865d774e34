using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Objectives;

/// <summary>
/// The losses of <see cref="NonSaturating"/>, and λ·E[(‖∇D(x + δ)‖₂ − 1)²] added to L_D, δ = ½·std(x)·u with u ~ U(0, 1) for each
/// number of each real sample x and the standard deviation over the whole batch (Kodali et al. 2017, equation 3 and the code that
/// was published with it). The norm is taken per sample over all of C·H·W.
/// </summary>
/// <param name="recipe">λ.</param>
public sealed class Dragan(DraganRecipe recipe) : IObjective
{
    /// <summary>How far δ reaches, in standard deviations.</summary>
    private const double Reach = 0.5;

    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn)
    {
        var around = turn.RealSamples.Plus(Of(Reach) * turn.RealSamples.std() * turn.ElementUniforms());
        var penalty = Of(recipe.Penalty) * (GradientNorms.Of(turn.Critic, around, turn.RealCodes) - Of(1)).Squared().mean();
        turn.Meter.Add(MetricNames.GradientPenalty, penalty.detach());
        return CrossEntropy.DiscriminatorLoss(turn).Plus(penalty);
    }

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => (-turn.FakeScores).Softplus().mean();
}
