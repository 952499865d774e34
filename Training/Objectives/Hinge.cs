using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = E[max(0, 1 − s_r)] + E[max(0, 1 + s_f)], L_G = −E[s_f] (Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17).
/// </summary>
public sealed class Hinge : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn)
        => (1 - turn.RealScores).relu().mean() + (1 + turn.FakeScores).relu().mean();

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => -turn.FakeScores.mean();
}
