using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>Layers one after another inside a composite layer; an empty chain is the identity.</summary>
internal sealed class LayerChain
{
    private readonly BuiltLayer[] _layers;

    public LayerChain(LayoutBuilder layout, IReadOnlyList<ILayer> layers, long[] input)
    {
        Output = input;
        _layers = new BuiltLayer[layers.Count];
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i] = layers[i].Build(layout.At($"{i}"), Output);
            Output = _layers[i].Output;
        }
    }

    /// <summary>Shape of the last output without batch dimension.</summary>
    public long[] Output { get; private set; }

    /// <summary>The last output; <paramref name="x"/> stays as it is and alive.</summary>
    public Tensor Forward(NetworkPass pass, Tensor x)
    {
        var value = x;
        foreach (var layer in _layers)
        {
            value = Intermediates.Next(x, value, layer.Forward(pass, value));
        }

        return value;
    }
}
