using DistGan.Training.Arithmetic;
using DistGan.Training.Objectives;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>
/// L_G = f(θ_G, θ_D^K), f = −E[softplus(−s_r)] − E[softplus(s_f)] = E[log σ(s_r)] + E[log(1 − σ(s_f))], the whole value of the game at the D of
/// K updates ahead (Metz et al. 2017, equations 3 and 8). That D moves with the generator, so its scores of real samples do too: a D that has
/// given up a mode pays for it there. At K = 0 the real term is a constant of G.
/// </summary>
internal sealed class UnrolledMinimax : IObjective
{
    public Tensor DiscriminatorLoss(DiscriminatorTurn turn) => CrossEntropy.DiscriminatorLoss(turn);

    public Tensor GeneratorLoss(GeneratorTurn turn) => -(-turn.Real.Value.Output).Softplus().mean() - turn.FakeScores.Softplus().mean();
}
