using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Networks;

/// <summary>A pure function of (θ, β, x): the layers of a definition with their places in the vectors. It holds no tensor.</summary>
public sealed class Network
{
    private readonly BuiltLayer[] _layers;

    public Network(NetworkDefinition definition)
    {
        Definition = definition;
        var layout = new LayoutBuilder();
        long[] shape = [.. definition.Input];
        _layers = new BuiltLayer[definition.Layers.Length];
        for (var i = 0; i < _layers.Length; i++)
        {
            var weights = layout.WeightCount;
            _layers[i] = definition.Layers[i].Build(layout.At($"{i}"), shape);
            Head = layout.WeightCount > weights ? i : Head;
            shape = _layers[i].Output;
        }

        if (definition.Energy is { } energy)
        {
            Require(definition, energy, shape);
            (Head, shape) = (energy.CodeEnters, [1]);
        }

        Output = shape;
        Parameters = layout.Parameters();
        Buffers = layout.Buffers();
    }

    public NetworkDefinition Definition { get; }

    /// <summary>
    /// Index of the last layer that has weights: in a discriminator the one that turns features into a score; in an autoencoder the
    /// first of the decoder. What enters it are the features of a sample.
    /// </summary>
    public int Head { get; }

    /// <summary>Shape of one output without batch dimension.</summary>
    public long[] Output { get; }

    /// <summary>Layout of θ.</summary>
    public VectorLayout Parameters { get; }

    /// <summary>Layout of β.</summary>
    public VectorLayout Buffers { get; }

    /// <summary>Evaluates the network. Input [N, …Input], output [N, …Output], float32 (or float64 with float64 weights) in every precision.</summary>
    public Tensor Forward(NetworkPass pass, Tensor x) => Run(pass, x, tap: -1, out _);

    /// <summary>As <see cref="Forward"/>, and keeps what enters the head; both are in the same graph.</summary>
    public TappedOutput ForwardWithFeatures(NetworkPass pass, Tensor x)
    {
        var output = Run(pass, x, Head, out var features);
        return new(output, features!);
    }

    private Tensor Run(NetworkPass pass, Tensor x, int tap, out Tensor? features)
    {
        var type = x.dtype;
        var compute = Parameters.Entries.Count > 0 ? pass[new WeightHandle(0)].dtype : type;
        var value = compute == type ? x : x.to_type(compute);
        features = null;
        for (var i = 0; i < _layers.Length; i++)
        {
            features = i == tap ? value : features;
            value = Intermediates.Next(x, features, value, _layers[i].Forward(pass, value));
        }

        value = compute == type ? value : Intermediates.Next(x, features, value, value.to_type(type));
        return Definition.Energy is { } energy ? Intermediates.Next(x, features, value, energy.Of(x, value)) : value;
    }

    private static void Require(NetworkDefinition definition, ReconstructionEnergy energy, long[] output)
    {
        if (!output.SequenceEqual(definition.Input))
        {
            throw new DistGanException($"The energy of network {definition.Name} compares its input [{string.Join(", ", definition.Input)}] with its output [{string.Join(", ", output)}]: end the layers in the shape of the input.");
        }

        if (energy.CodeEnters <= 0 || energy.CodeEnters >= definition.Layers.Length)
        {
            throw new DistGanException($"The code of network {definition.Name} enters layer {energy.CodeEnters}, but it has {definition.Layers.Length}: give one from 1 to {definition.Layers.Length - 1}.");
        }
    }
}
