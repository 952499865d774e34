namespace DistGan.Training.Layers;

/// <summary>y[c] = Σ x[c, i, j] over all positions (global sum pooling, Miyato et al. 2018, appendix B.4). Input [N, C, H, W], output [N, C].</summary>
public sealed record GlobalSum : ILayer
{
    private static readonly long[] Positions = [2, 3];

    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        LayerShapes.Require(input.Length == 3, nameof(GlobalSum), "[C, H, W]", input);
        return new([input[0]], static (_, x) => x.sum(Positions));
    }
}
