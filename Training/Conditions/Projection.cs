using DistGan.Training.Arithmetic;
using DistGan.Training.Networks;
using static TorchSharp.torch;

namespace DistGan.Training.Conditions;

/// <summary>
/// Projection discriminator: s(x, y) = ψ(φ(x)) + yᵀ·V·φ(x), φ being the features of D, ψ its head and V a vector for each class
/// (Miyato and Koyama 2018, equation 3). V lies in the head: output [N, 1 + K] → o_0 + Σ_k y_k·o_{1+k}, so that V·φ has a bias for each class, too.
/// Packs of m samples have a V for each place: s = o_0 + Σ_j y_jᵀ·V_j·φ.
/// </summary>
/// <remarks>Under spectral normalisation ψ and V are one matrix and divided by its largest singular value together.</remarks>
/// <param name="classes">K.</param>
public sealed class Projection(int classes) : Conditioning
{
    private static readonly long[] Numbers = [1];

    public override string Name => "projection";

    public override NetworkDefinition Rewrite(NetworkDefinition definition) => DiscriminatorHead.Widen(definition, classes, Name);

    public override Tensor Score(Tensor output, Tensor? codes)
    {
        var labels = Required(codes).to_type(output.dtype).reshape(output.shape[0], -1);
        return output.narrow(1, 0, 1).Plus((output.narrow(1, 1, labels.shape[1]) * labels).sum(Numbers, keepdim: true));
    }
}
