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
            _layers[i] = definition.Layers[i].Build(layout.At($"{i}"), shape);
            shape = _layers[i].Output;
        }

        Output = shape;
        Parameters = layout.Parameters();
        Buffers = layout.Buffers();
    }

    public NetworkDefinition Definition { get; }

    /// <summary>Shape of one output without batch dimension.</summary>
    public long[] Output { get; }

    /// <summary>Layout of θ.</summary>
    public VectorLayout Parameters { get; }

    /// <summary>Layout of β.</summary>
    public VectorLayout Buffers { get; }

    /// <summary>Evaluates the network. Input [N, …Input], output [N, …Output], float32 (or float64 with float64 weights) in every precision.</summary>
    public Tensor Forward(NetworkPass pass, Tensor x)
    {
        var type = x.dtype;
        var compute = Parameters.Entries.Count > 0 ? pass[new WeightHandle(0)].dtype : type;
        var value = compute == type ? x : x.to_type(compute);
        foreach (var layer in _layers)
        {
            value = Intermediates.Next(x, value, layer.Forward(pass, value));
        }

        return compute == type ? value : Intermediates.Next(x, value, value.to_type(type));
    }
}
