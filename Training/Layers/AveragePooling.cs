using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>y[c, i, j] = (1/k²)·Σ x[c, k·i + a, k·j + b] over 0 ≤ a, b &lt; k. Input [N, C, H, W], H and W multiples of k, output [N, C, H/k, W/k].</summary>
/// <param name="Size">k, at least 1.</param>
public sealed record AveragePooling(long Size = 2) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 3 && input[1] % Size == 0 && input[2] % Size == 0, nameof(AveragePooling), $"[C, H, W] with multiples of {Size}", input);
        return new([input[0], input[1] / Size, input[2] / Size], (_, x) => nn.functional.avg_pool2d(x, Size));
    }
}
