using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>
/// y = (x, o(x)): M_i = x_i·T with T ∈ R^{A×B×C}, c_b(x_i, x_j) = exp(−‖M_ib − M_jb‖₁), o(x_i)_b = Σ_{j≠i} c_b(x_i, x_j)
/// (Salimans et al. 2016, section 3.2, equation 3), divided by N − 1 where it is normalised. Input [N, A], output [N, A + B],
/// o in [0, N − 1] or [0, 1]. M, distances and sums are float32 (or float64) in every precision.
/// </summary>
/// <param name="Kernels">B.</param>
/// <param name="Dimensions">C.</param>
/// <param name="Normalise">Means over the other samples instead of sums.</param>
/// <remarks>
/// T starts N(0, 1/A), so that the numbers of M are as large as those of x. It is stored as [B·C, A], and called similarity.
/// The N×N×B×C differences of the plain form are not made where there would be many of them and the pass takes only first
/// derivatives: the library's own distance keeps N×N×B numbers, but has no second derivative: asking for one fails, or ends the process.
/// </remarks>
public sealed record MinibatchDiscrimination(long Kernels, long Dimensions, bool Normalise = true) : ICouplesSamples
{
    /// <summary>Differences N·N·B·C from which on the library's distance pays: 64 MiB of them.</summary>
    public long ManyDifferences { get; init; } = 1 << 24;

    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 1, nameof(MinibatchDiscrimination), "[features]", input);
        var handle = layout.Weight("similarity", [Kernels * Dimensions, input[0]], Initializer.Normal(0, 1 / Math.Sqrt(input[0])));
        return new([input[0] + Kernels], (pass, x) =>
        {
            var similarity = pass.Master(handle);
            var wide = x.dtype == similarity.dtype ? x : x.to_type(similarity.dtype);
            var closeness = Closeness(nn.functional.linear(wide, similarity, null!).view(-1, Kernels, Dimensions), pass.TakesFirstDerivativesAlone);
            return cat([x, x.dtype == closeness.dtype ? closeness : closeness.to_type(x.dtype)], 1);
        });
    }

    /// <summary>M [N, B, C] → o [N, B].</summary>
    private Tensor Closeness(Tensor m, bool takesFirstDerivativesAlone)
    {
        var count = m.shape[0];
        var isLarge = count * count * Kernels * Dimensions >= ManyDifferences;
        var others = (isLarge && takesFirstDerivativesAlone ? Library(m) : Plain(m)).neg().exp().sum(new long[] { 1 }) - Of(1); // without itself: exp(0)
        return Normalise ? others / Of(Math.Max(1, count - 1)) : others;
    }

    /// <summary>‖M_ib − M_jb‖₁ [N, N, B] from all differences, C of them outermost: sums over a short innermost axis are slow.</summary>
    private static Tensor Plain(Tensor m)
    {
        var byDimension = m.permute(2, 0, 1).contiguous();
        return (byDimension.unsqueeze(1) - byDimension.unsqueeze(2)).abs().sum(new long[] { 0 });
    }

    /// <summary>The same, one kernel after another.</summary>
    private static Tensor Library(Tensor m)
    {
        var byKernel = m.transpose(0, 1).contiguous();
        return cdist(byKernel, byKernel, 1.0).permute(1, 2, 0);
    }
}
