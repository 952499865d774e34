using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>
/// An objective without a game: the network in D's place, an encoder, and the generator minimise one loss of real samples together.
/// It is never asked for the losses of a game.
/// </summary>
public interface IJointObjective : IObjective
{
    /// <summary>The loss of both networks, a scalar to be minimised.</summary>
    torch.Tensor Loss(JointTurn turn);

    torch.Tensor IObjective.DiscriminatorLoss(DiscriminatorTurn turn) => throw new InvalidOperationException("This objective has no discriminator.");

    torch.Tensor IObjective.GeneratorLoss(GeneratorTurn turn) => throw new InvalidOperationException("This objective has no discriminator.");
}
