using DistGan.Recipes;
using DistGan.Training.Steps;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = E[s_f] − E[s_r], L_G = −E[s_f]; after each update of D its whole θ is cut off to [−c, c], which bounds how steep D can be
/// (Arjovsky et al. 2017, algorithm 1). Scale and shift of batch normalisation are part of θ and are cut off too, as there.
/// </summary>
/// <param name="recipe">c.</param>
public sealed class Wasserstein(WassersteinRecipe recipe) : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn) => turn.FakeScores.mean() - turn.RealScores.mean();

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => -turn.FakeScores.mean();

    public torch.Tensor AfterUpdateAhead(torch.Tensor theta) => theta.clamp(Of(-recipe.Clip), Of(recipe.Clip));

    public void AfterUpdate(PlayerModel model)
    {
        if (model.Player == Player.Discriminator)
        {
            model.Parameters.Values.clamp_(Of(-recipe.Clip), Of(recipe.Clip));
            model.Parameters.Refresh();
        }
    }
}
