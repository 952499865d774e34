using System.Collections.Immutable;
using DistGan.Recipes;
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

    /// <summary>Samples that lie side by side in one input.</summary>
    public int SamplesPerInput { get; init; } = 1;

    /// <summary>Whether inputs are drawn from U(−1, 1) instead of N(0, 1); of meaning only in a generator.</summary>
    public bool HasUniformInput { get; init; }

    /// <summary>What a row of the input is made of; of meaning only in a generator, where null is noise alone.</summary>
    public LatentLayout? Latents { get; init; }

    /// <summary>Whether evaluations move buffers: running statistics, or directions of power iterations.</summary>
    public bool MovesBuffers => AllLayers.Any(static layer => layer is BatchNormalization or SpectralNormalization);

    /// <summary>Whether an output depends on more than one sample: because inputs hold several, or a layer looks at the whole batch.</summary>
    public bool CouplesSamples => SamplesPerInput > 1 || AllLayers.Any(static layer => layer is ICouplesSamples);

    /// <summary>The same network with each layer replaced by what <paramref name="replace"/> makes of it, inside composite layers too.</summary>
    public NetworkDefinition Map(Func<ILayer, ILayer> replace) => this with { Layers = [.. Layers.Select(layer => Replace(layer, replace))] };

    private static IEnumerable<ILayer> WithParts(ILayer layer)
        => layer is ICompositeLayer composite ? composite.Parts.SelectMany(WithParts).Prepend(layer) : [layer];

    private static ILayer Replace(ILayer layer, Func<ILayer, ILayer> replace)
        => layer is ICompositeLayer composite ? composite.Map(part => Replace(part, replace)) : replace(layer);
}
