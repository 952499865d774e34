using DistGan.Training.Arithmetic;
using TorchSharp;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = E[softplus(−(s_r − E s_f))] + E[softplus(s_f − E s_r)], L_G the same with real and generated samples exchanged
/// (relativistic average GAN, Jolicoeur-Martineau 2019, section 4.2): each side is judged against the mean of the other.
/// </summary>
public sealed class Relativistic : IObjective
{
    public torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn) => Loss(turn.RealScores, turn.FakeScores);

    public torch.Tensor GeneratorLoss(GeneratorTurn turn) => Loss(turn.FakeScores, turn.Real.Value.Output);

    /// <summary>Small where every one of <paramref name="above"/> [N, 1] exceeds the mean of <paramref name="below"/> [M, 1], and the other way round.</summary>
    private static torch.Tensor Loss(torch.Tensor above, torch.Tensor below)
        => (below.mean() - above).Softplus().mean().Plus((below - above.mean()).Softplus().mean());
}
