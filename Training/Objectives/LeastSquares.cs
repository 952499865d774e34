using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = ½·E[(s_r − α)²] + ½·E[s_f²], L_G = ½·E[(s_f − 1)²] (Mao et al. 2017, equation 9); α is 1 unless it is smoothed.
/// </summary>
public sealed class LeastSquares : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn)
        => 0.5 * (turn.RealScores - turn.RealTarget).square().mean() + 0.5 * turn.FakeScores.square().mean();

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => 0.5 * (turn.FakeScores - 1).square().mean();
}
