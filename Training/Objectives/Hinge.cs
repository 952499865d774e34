using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = E[max(0, 1 − s_r)] + E[max(0, 1 + s_f)], L_G = −E[s_f] (Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17).
/// </summary>
public sealed class Hinge : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn)
        => Of(1).Minus(turn.RealScores).relu().mean().Plus(turn.FakeScores.Plus(1).relu().mean());

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => -turn.FakeScores.mean();
}
