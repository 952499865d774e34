using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Layers;

/// <summary>The adjoint of <see cref="Convolution"/>. Input [N, C, H, W], weight [C, channels, k, k], output [N, channels, (H−1)·s−2p+k, …].</summary>
/// <param name="Channels">Output channels.</param>
/// <param name="Kernel">Height and width k of the kernel.</param>
/// <param name="Stride">s.</param>
/// <param name="Padding">p rows and columns that are cut off each side.</param>
/// <param name="Bias">Whether a number is added to each channel.</param>
/// <param name="Initial">How the weight starts; null is N(0, 0.02²).</param>
public sealed record TransposedConvolution(long Channels, long Kernel, long Stride, long Padding, bool Bias = true, Initializer? Initial = null) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 3 && Size(input[1]) > 0 && Size(input[2]) > 0, nameof(TransposedConvolution), "[C, H, W] that gives a pixel or more", input);
        var weight = layout.Weight("weight", [input[0], Channels, Kernel, Kernel], Initial ?? Initializer.Normal(0, 0.02));
        WeightHandle? bias = Bias ? layout.Weight("bias", [Channels], Initializer.Zero) : null;
        long[] output = [Channels, Size(input[1]), Size(input[2])];
        long[] stride = [Stride, Stride];
        long[] padding = [Padding, Padding];
        return new(output, (pass, x) => Apply(x, pass[weight], bias is { } b ? pass[b] : null, stride, padding, output));
    }

    private static torch.Tensor Apply(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, long[] stride, long[] padding, long[] output)
        => ColumnConvolution.ServesTransposed(weight, stride[0])
            ? ColumnConvolution.Transpose(x, weight, bias, stride, padding, output)
            : torch.nn.functional.conv_transpose2d(x, weight, bias!, stride, padding);

    private long Size(long size) => (size - 1) * Stride - 2 * Padding + Kernel;
}
