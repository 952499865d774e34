using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = E[s_f] − E[s_r] + λ·E[(‖∇ₓ̂D(x̂)‖₂ − 1)²], x̂ = ε·x + (1−ε)·x̃ with ε ~ U(0, 1) per sample; L_G = −E[s_f]
/// (Gulrajani et al. 2017, equation 3 and algorithm 1). The norm is taken per sample over all of C·H·W.
/// x̂ is judged with the label of its real sample, which fresh generated ones share.
/// </summary>
/// <param name="recipe">λ.</param>
public sealed class WassersteinGradientPenalty(WassersteinGradientPenaltyRecipe recipe) : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn)
    {
        var penalty = Of(recipe.Penalty) * (GradientNorms.Of(turn.Critic, Between(turn), turn.RealCodes) - Of(1)).Squared().mean();
        turn.Meter.Add(MetricNames.GradientPenalty, penalty.detach());
        return (turn.FakeScores.mean() - turn.RealScores.mean()).Plus(penalty);
    }

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => -turn.FakeScores.mean();

    private static torch.Tensor Between(DiscriminatorTurn turn)
    {
        var fake = turn.FakeSamples.narrow(0, 0, turn.RealSamples.shape[0]);
        return torch.lerp(fake, turn.RealSamples, turn.SampleUniforms());
    }
}
