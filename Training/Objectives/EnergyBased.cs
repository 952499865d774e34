using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Objectives;

/// <summary>
/// Of energies E: L_D = E[E(x)] + E[max(0, m − E(G(z)))], L_G = E[E(G(z))] + w·PT (Zhao et al. 2017, equations 1 and 2, and section 2.4
/// for the pulling-away term PT of the codes, see <see cref="PullingAway"/>). The expectations are means over the batch.
/// </summary>
/// <param name="recipe">m and w.</param>
public sealed class EnergyBased(EnergyBasedRecipe recipe) : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn) => turn.RealScores.mean().Plus(Of(recipe.Margin).Minus(turn.FakeScores).relu().mean());

    public torch.Tensor GeneratorLoss(GeneratorTurn turn)
    {
        var energy = turn.FakeScores.mean();
        if (recipe.PullingAway == 0)
        {
            return energy;
        }

        var codes = turn.FakeFeatures ?? throw new InvalidOperationException("This turn has no codes.");
        return energy.Plus(Of(recipe.PullingAway) * PullingAway.Of(codes));
    }
}
