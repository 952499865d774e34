namespace DistGan.Training.Layers;

/// <summary>Gives each sample another shape with as many numbers; an empty shape flattens.</summary>
public sealed record Reshape(params long[] Shape) : ILayer
{
    public BuiltLayer Build(LayoutBuilder layout, long[] input)
    {
        var length = input.Aggregate(1L, static (product, size) => product * size);
        long[] output = Shape.Length == 0 ? [length] : Shape;
        var wanted = output.Aggregate(1L, static (product, size) => product * size);
        LayerShapes.Require(wanted == length, nameof(Reshape), $"with {wanted} numbers", input);
        long[] batch = [-1, .. output];
        return new(output, (_, x) => x.reshape(batch));
    }
}
