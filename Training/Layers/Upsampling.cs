using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>y[c, i, j] = x[c, ⌊i/f⌋, ⌊j/f⌋]: each pixel becomes f×f equal ones (nearest neighbour). Input [N, C, H, W], output [N, C, f·H, f·W].</summary>
/// <param name="Factor">f, at least 1.</param>
public sealed record Upsampling(long Factor = 2) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 3, nameof(Upsampling), "[C, H, W]", input);
        long[] output = [input[0], Factor * input[1], Factor * input[2]];
        return new(output, (_, x) => nn.functional.interpolate(x, output[1..], mode: InterpolationMode.Nearest));
    }
}
