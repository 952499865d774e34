using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>The game: turns D's raw scores s (no sigmoid) into the two losses, each a scalar to be minimised.</summary>
public interface IObjective
{
    /// <summary>L_D of real and generated samples.</summary>
    torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn);

    /// <summary>L_G of the scores of generated samples.</summary>
    torch.Tensor GeneratorLoss(GeneratorTurn turn);
}
