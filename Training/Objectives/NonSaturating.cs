using DistGan.Training.Arithmetic;
using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = E[softplus(−s_r)] + E[softplus(s_f)], L_G = E[softplus(−s_f)] (Goodfellow et al. 2014, section 3); a smoothed target
/// changes the real term as in <see cref="CrossEntropy"/>.
/// </summary>
public sealed class NonSaturating : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn) => CrossEntropy.DiscriminatorLoss(turn);

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => (-turn.FakeScores).Softplus().mean();
}
