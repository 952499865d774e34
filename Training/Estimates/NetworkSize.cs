using DistGan.Training.Layers;
using DistGan.Training.Networks;

namespace DistGan.Training.Estimates;

/// <summary>What a network costs, known from its layers without a tensor.</summary>
/// <param name="Parameters">Numbers in θ.</param>
/// <param name="Buffers">Numbers in β.</param>
/// <param name="Activations">Numbers that its layers put out for one sample, without those that only change what is there.</param>
/// <param name="Flops">
/// Floating-point operations of one sample's forward pass: Σ 2·|W|·p over the weights W of two or more dimensions, each used at p
/// places: the smaller of a layer's input and output areas for a convolution's, 1 for others.
/// </param>
/// <param name="Layers">Layers in it.</param>
public sealed record NetworkSize(long Parameters, long Buffers, long Activations, double Flops, int Layers)
{
    /// <summary>The size of a network.</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">Its layers do not fit each other.</exception>
    public static NetworkSize Of(NetworkDefinition definition)
    {
        var layout = new LayoutBuilder();
        long[] shape = [.. definition.Input];
        var (activations, flops, seen) = (0L, 0.0, 0);
        for (var i = 0; i < definition.Layers.Length; i++)
        {
            var output = definition.Layers[i].Build(layout.At($"{i}"), shape).Output;
            var weights = layout.Parameters().Entries;
            var places = Math.Min(Area(shape), Area(output));
            flops += weights.Skip(seen).Where(static weight => weight.Shape.Length > 1).Sum(weight => 2.0 * weight.Length * (weight.Shape.Length == 4 ? places : 1));
            activations += definition.Layers[i] is Reshape or Activation { InPlace: true } ? 0 : Product(output);
            (seen, shape) = (weights.Count, output);
        }

        return new(layout.Parameters().Length, layout.Buffers().Length, activations, flops, definition.Layers.Length);
    }

    private static long Product(IEnumerable<long> shape) => shape.Aggregate(1L, static (product, size) => product * size);

    private static long Area(long[] shape) => shape.Length == 3 ? shape[1] * shape[2] : 1;
}
