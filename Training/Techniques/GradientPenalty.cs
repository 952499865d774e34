using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Conditions;
using DistGan.Training.Objectives;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques;

/// <summary>
/// R1 or R2: L_D + ½γ·E‖∇D(x)‖², x [N, …] being real samples (R1) or fresh generated ones (R2), the norm per sample over all of
/// C·H·W and in float32 (Mescheder et al. 2018, section 4.1). Every k-th step alone has the term, k times as heavy
/// (Karras et al. 2020, section 3.1): steps 1, k+1, 2k+1, …, in each of their updates of D.
/// </summary>
/// <param name="name">Catalog name.</param>
/// <param name="metric">What the penalty is called in reports: it is reported without the factor k.</param>
/// <param name="recipe">γ and k.</param>
/// <param name="samples">Which samples of a turn, with their codes.</param>
public sealed class GradientPenalty(string name, string metric, GradientPenaltyRecipe recipe, Func<DiscriminatorTurn, SampleBatch> samples) : Technique
{
    public override string Name => name;

    public override Tensor? AddToLoss(DiscriminatorTurn turn)
    {
        if ((turn.Step - 1) % recipe.Every != 0)
        {
            return null;
        }

        var (x, codes) = samples(turn);

        // The square needs no root, whose derivative at 0 would not be finite.
        var penalty = Of(0.5 * recipe.Gamma) * turn.Critic.Gradient(x, codes).flatten(1).Squared().sum(dim: 1).mean();
        turn.Meter.Add(metric, penalty.detach());
        return Of(recipe.Every) * penalty;
    }
}
