using System.Collections.Immutable;
using DistGan.Training.Layers;

namespace DistGan.Training.Networks;

/// <summary>A network before it is built: its layers in order, for inputs of one shape. Techniques rewrite it.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Input">Shape of one input without batch dimension.</param>
/// <param name="Layers">The layers, applied in order.</param>
public sealed record NetworkDefinition(string Name, ImmutableArray<long> Input, ImmutableArray<ILayer> Layers)
{
    /// <summary>Whether any layer makes the output of a sample depend on the others in its batch.</summary>
    public bool CouplesSamples => Layers.Any(static layer => layer is BatchNormalization);
}
