using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Layers;

/// <summary>Two-dimensional cross-correlation. Input [N, C, H, W], weight [channels, C, k, k], output [N, channels, ⌊(H+2p−k)/s⌋+1, …].</summary>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Height and width k of the kernel.</param>
/// <param name="Stride">s.</param>
/// <param name="Padding">p zeros on each side.</param>
/// <param name="Bias">Whether a number is added to each channel.</param>
/// <param name="Initial">How the weight starts; null is N(0, 0.02²).</param>
public sealed record Convolution(long Channels, long Kernel, long Stride, long Padding, bool Bias = true, Initializer? Initial = null) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        var least = Math.Max(1, Kernel - 2 * Padding);
        LayerShapes.Require(input.Length == 3 && input[1] >= least && input[2] >= least, nameof(Convolution), $"[C, H ≥ {least}, W ≥ {least}]", input);
        var weight = layout.Weight("weight", [Channels, input[0], Kernel, Kernel], Initial ?? Initializer.Normal(0, 0.02));
        WeightHandle? bias = Bias ? layout.Weight("bias", [Channels], Initializer.Zero) : null;
        long[] output = [Channels, Size(input[1]), Size(input[2])];
        long[] stride = [Stride, Stride];
        long[] padding = [Padding, Padding];
        return new(output, (pass, x) => Apply(x, pass[weight], bias is { } b ? pass[b] : null, stride, padding, output));
    }

    private static torch.Tensor Apply(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] output)
        => ColumnConvolution.ServesConvolution(x, weight, stride[0])
            ? ColumnConvolution.Convolve(x, weight, bias, stride, padding, output)
            : torch.nn.functional.conv2d(x, weight, bias!, stride, padding);

    private long Size(long size) => (size + 2 * Padding - Kernel) / Stride + 1;
}
