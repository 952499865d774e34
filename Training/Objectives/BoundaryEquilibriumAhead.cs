using static TorchSharp.torch;

namespace DistGan.Training.Objectives;

/// <summary><see cref="BoundaryEquilibrium"/> in imagined updates of D: k moves with each of them, in their graph.</summary>
/// <param name="played">The objective that is played; it stays as it is.</param>
/// <param name="k">k now.</param>
internal sealed class BoundaryEquilibriumAhead(BoundaryEquilibrium played, Tensor k) : IObjective
{
    private Tensor _k = k;

    public Tensor DiscriminatorLoss(DiscriminatorTurn turn)
    {
        var (real, fake, before) = (turn.RealScores.mean(), turn.FakeScores.mean(), _k.to(turn.RealScores.device));
        _k = played.Next(before, real, fake);
        return real - before.to_type(real.dtype) * fake;
    }

    public Tensor GeneratorLoss(GeneratorTurn turn) => played.GeneratorLoss(turn);
}
