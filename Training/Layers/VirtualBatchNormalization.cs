using DistGan.Training.Arithmetic;
using DistGan.Training.Vectors;
using TorchSharp;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>
/// y = γ·(x − μ)/√(σ² + ε) + b per channel. The first n examples of the batch are the reference, which takes its own mean μ_r and
/// biased variance σ_r² over its batch and all positions. Every other example takes them as if it were one more of that batch: with
/// w = 1/(n + 1) and its own mean μ_x and variance σ_x² over positions, μ = w·μ_x + (1−w)·μ_r and
/// σ² = w·σ_x² + (1−w)·σ_r² + w·(1−w)·(μ_x − μ_r)² (virtual batch normalisation, Salimans et al. 2016, section 3.5).
/// Input and output [n + N, C] or [n + N, C, H, W]; γ, b and statistics are float32 (or float64) in every precision.
/// </summary>
/// <param name="Count">n.</param>
/// <param name="Spread">Standard deviation of γ around 1 at the start.</param>
/// <param name="Epsilon">ε.</param>
/// <remarks>The variance is that of squares taken around means: E[x²] − μ² would lose all digits where μ is large.</remarks>
public sealed record VirtualBatchNormalization(long Count, double Spread = 0.02, double Epsilon = 1e-5) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length is 1 or 3, nameof(VirtualBatchNormalization), "[C] or [C, H, W]", input);
        var scale = layout.Weight("scale", [input[0]], Initializer.Normal(1, Spread));
        var shift = layout.Weight("shift", [input[0]], Initializer.Zero);
        long[] channels = input.Length == 1 ? [1, -1] : [1, -1, 1, 1];
        return new(input, (pass, x) => Normalize(x, pass.Master(scale).view(channels), pass.Master(shift).view(channels)));
    }

    private Tensor Normalize(Tensor x, Tensor scale, Tensor shift)
    {
        var wide = x.dtype == scale.dtype ? x : x.to_type(scale.dtype);
        long[] all = x.dim() == 2 ? [0] : [0, 2, 3];
        var reference = wide.narrow(0, 0, Count);
        var mean = reference.mean(all, keepdim: true);
        var variance = (reference - mean).Squared().mean(all, keepdim: true);
        var (means, variances) = Mix(wide.narrow(0, Count, x.shape[0] - Count), mean, variance);
        var y = ((wide - means) * (scale * variances.Plus(Epsilon).rsqrt())).Plus(shift);
        return y.dtype == x.dtype ? y : y.to_type(x.dtype);
    }

    /// <summary>μ and σ² of all examples, [n + N, C] or [n + N, C, 1, 1].</summary>
    private (Tensor Means, Tensor Variances) Mix(Tensor examples, Tensor mean, Tensor variance)
    {
        var weight = 1.0 / (Count + 1);
        var (own, spread) = Own(examples);
        var between = own - mean;
        var means = mean.Plus(Of(weight) * between);
        var variances = (Of(1 - weight) * variance).Plus(Of(weight * (1 - weight)) * between.Squared());
        variances = spread is null ? variances : variances.Plus(Of(weight) * spread);
        long[] repeated = [Count, .. mean.shape[1..]];
        return (cat([mean.expand(repeated), means], 0), cat([variance.expand(repeated), variances], 0));
    }

    /// <summary>μ_x and σ_x² over positions; a vector is its own mean and has no variance.</summary>
    private static (Tensor Mean, Tensor? Variance) Own(Tensor examples)
    {
        if (examples.dim() == 2)
        {
            return (examples, null);
        }

        long[] positions = [2, 3];
        var mean = examples.mean(positions, keepdim: true);
        return (mean, (examples - mean).Squared().mean(positions, keepdim: true));
    }
}
