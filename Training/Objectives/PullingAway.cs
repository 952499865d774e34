using DistGan.Training.Arithmetic;
using static TorchSharp.torch;

namespace DistGan.Training.Objectives;

/// <summary>
/// (1/(N(N−1)))·Σ_i Σ_{j≠i} (c_iᵀc_j / (‖c_i‖·‖c_j‖))², the mean squared cosine between the codes c of a batch (Zhao et al. 2017,
/// equation 4): 0 where they are at right angles, 1 where all lie on one line.
/// </summary>
internal static class PullingAway
{
    private static readonly long[] OfACode = [1];

    /// <summary>Codes [N, …] → a scalar in [0, 1]; N is at least 2. Sums are taken at least in float32.</summary>
    public static Tensor Of(Tensor codes)
    {
        var rows = (codes.dtype == ScalarType.BFloat16 ? codes.to_type(ScalarType.Float32) : codes).flatten(1);

        // A code of nothing but 0 has no direction: 1e-12 below the root leaves its cosines 0 and its derivative finite.
        var directions = rows / rows.Squared().sum(OfACode, keepdim: true).Plus(1e-12).sqrt();
        var squares = directions.matmul(directions.t()).Squared();
        var count = (double)rows.shape[0];
        return (squares.sum() - squares.diagonal().sum()) / Scalars.Of(count * (count - 1));
    }
}
