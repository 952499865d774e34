using DistGan.Training.Arithmetic;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;

namespace DistGan.Training.Objectives;

/// <summary>
/// L_D = E[softplus(−s_r)] + E[softplus(s_f)], the cross-entropy of σ(s) with targets 1 and 0 (Goodfellow et al. 2014, equation 1).
/// With a smoothed target α the real term is α·softplus(−s_r) + (1−α)·softplus(s_r) = softplus(−s_r) + (1−α)·s_r
/// (Salimans et al. 2016, section 3.4); the target of generated samples stays 0.
/// </summary>
internal static class CrossEntropy
{
    public static torch.Tensor DiscriminatorLoss(DiscriminatorTurn turn)
    {
        var real = (-turn.RealScores).Softplus().mean();
        if (turn.RealTarget < 1)
        {
            real = real.Plus(Of(1 - turn.RealTarget) * turn.RealScores.mean());
        }

        return real.Plus(turn.FakeScores.Softplus().mean());
    }
}
