using DistGan.Training.Arithmetic;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>
/// How different generated samples are from each other, as a share of how different real ones are: √(Σⱼ Var(fⱼ) / Σⱼ Var(rⱼ)) over
/// the numbers j of a sample. 2·Σⱼ Var(xⱼ) is the mean squared distance of two samples, so this is a ratio of distances; 0 where all
/// generated samples are equal, near 1 where they vary as real ones do.
/// </summary>
internal static class SampleDiversity
{
    private const double Least = 1e-12;

    /// <summary>The share as a scalar on the device.</summary>
    /// <param name="fake">[N, …], N at least 2.</param>
    /// <param name="real">[M, …], M at least 2.</param>
    public static Tensor Of(Tensor fake, Tensor real)
    {
        using var noGrad = no_grad();
        return (Spread(fake) / Spread(real).clamp_min(Scalars.Of(Least))).sqrt();
    }

    private static Tensor Spread(Tensor samples)
    {
        var flat = samples.detach().to_type(ScalarType.Float32).flatten(1);
        return (flat - flat.mean(new long[] { 0 }, keepdim: true)).Squared().sum() / Scalars.Of(flat.shape[0] - 1);
    }
}
