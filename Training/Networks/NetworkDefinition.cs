using System.Collections.Immutable;
using DistGan.Training.Layers;

namespace DistGan.Training.Networks;

/// <summary>A network before it is built: its layers in order, for inputs of one shape. Techniques rewrite it.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Input">Shape of one input without batch dimension.</param>
/// <param name="Layers">The layers, applied in order.</param>
public sealed record NetworkDefinition(string Name, ImmutableArray<long> Input, ImmutableArray<ILayer> Layers)
{
    /// <summary>What becomes of the last layer's output, a reconstruction of the input; null: it is the output of the network.</summary>
    public ReconstructionEnergy? Energy { get; init; }

    /// <summary>All layers in the order of the layout; parts of composite layers follow them.</summary>
    public IEnumerable<ILayer> AllLayers => Layers.SelectMany(WithParts);

    /// <summary>Whether any layer makes the output of a sample depend on the others in its batch.</summary>
    public bool CouplesSamples => AllLayers.Any(static layer => layer is BatchNormalization);

    /// <summary>The same network with each layer replaced by what <paramref name="replace"/> makes of it, inside composite layers too.</summary>
    public NetworkDefinition Map(Func<ILayer, ILayer> replace) => this with { Layers = [.. Layers.Select(layer => Replace(layer, replace))] };

    private static IEnumerable<ILayer> WithParts(ILayer layer)
        => layer is ICompositeLayer composite ? composite.Parts.SelectMany(WithParts).Prepend(layer) : [layer];

    private static ILayer Replace(ILayer layer, Func<ILayer, ILayer> replace)
        => layer is ICompositeLayer composite ? composite.Map(part => Replace(part, replace)) : replace(layer);
}
