using DistGan.Training.Arithmetic;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Networks;

/// <summary>
/// Makes a network whose layers reconstruct their input x give the energy of each sample instead:
/// E(x) = (1/d)·Σ|x − x̂|, or (1/d)·Σ(x − x̂)², over the d numbers of a sample (Berthelot et al. 2017, section 3.1; Zhao et al. 2017,
/// equation 3, whose norm is not divided by d). x, x̂ [N, …] → E [N, 1], at least 0, in the type of x in every precision.
/// </summary>
/// <param name="CodeEnters">Index of the layer that the code enters, the first of the decoder; a rewrite that changes the number of layers before it changes it too.</param>
/// <param name="IsSquared">Squared errors instead of absolute ones.</param>
public sealed record ReconstructionEnergy(int CodeEnters, bool IsSquared)
{
    private static readonly long[] Numbers = [1];

    /// <summary>E of samples and their reconstructions.</summary>
    public Tensor Of(Tensor x, Tensor reconstruction)
    {
        var error = x - reconstruction;
        return (IsSquared ? error.Squared() : error.abs()).flatten(1).mean(Numbers, keepdim: true);
    }
}
