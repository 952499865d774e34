using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = ½·E[(s_r − α)²] + ½·E[s_f²], L_G = ½·E[(s_f − 1)²] (Mao et al. 2017, equation 9); α is 1 unless it is smoothed.
/// </summary>
public sealed class LeastSquares : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn)
        => (Of(0.5) * (turn.RealScores - Of(turn.RealTarget)).Squared().mean()).Plus(Of(0.5) * turn.FakeScores.Squared().mean());

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => Of(0.5) * (turn.FakeScores - Of(1)).Squared().mean();
}
