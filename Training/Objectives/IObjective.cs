using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>The game: turns D's raw scores s (no sigmoid) into the two losses, each a scalar to be minimised.</summary>
public interface IObjective
{
    /// <summary>L_D of real and generated samples.</summary>
    torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn);

    /// <summary>L_G of the scores of generated samples.</summary>
    torch.Tensor GeneratorLoss(GeneratorTurn turn);

    /// <summary>Acts on a player after its optimiser's update and before techniques do, without recording gradients.</summary>
    void AfterUpdate(PlayerModel model)
    {
    }
}
