using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Objectives;

/// <summary>The game: turns D's raw scores s (no sigmoid), or its energies, into the two losses, each a scalar to be minimised.</summary>
/// <remarks>One that keeps state between updates captures and restores all of it, and the replica disposes one that is <see cref="IDisposable"/>.</remarks>
public interface IObjective
{
    /// <summary>L_D of real and generated samples.</summary>
    Tensor DiscriminatorLoss(DiscriminatorTurn turn);

    /// <summary>L_G of the scores of generated samples.</summary>
    Tensor GeneratorLoss(GeneratorTurn turn);

    /// <summary>Acts on a player after its optimiser's update and before techniques do, without recording gradients.</summary>
    void AfterUpdate(PlayerModel model)
    {
    }

    /// <summary>
    /// What plays updates of D that are only imagined, one after another (unrolling): it begins with the state of this objective and leaves
    /// that as it is; what it remembers from one to the next is part of their graph. An objective without state plays them itself.
    /// </summary>
    IObjective LookAhead() => this;

    /// <summary>θ_D after an imagined update, in its graph: what <see cref="AfterUpdate"/> does to the parameters of D.</summary>
    Tensor AfterUpdateAhead(Tensor theta) => theta;

    /// <summary>Puts its state into a snapshot.</summary>
    void Capture(StateBuilder state)
    {
    }

    /// <summary>Goes back to a captured state.</summary>
    void Restore(StateView state)
    {
    }
}
