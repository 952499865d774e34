using DistGan.Recipes;
using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary>The explicit catalog of layers that have an ONNX form.</summary>
internal static class LayerNodes
{
    /// <summary>Adds the nodes of a layer and gives the name of its output.</summary>
    private delegate string Adder(OnnxGraph graph, ILayer layer, string path, string input);

    private static readonly Dictionary<Type, Adder> Adders = new()
    {
        [typeof(Activation)] = static (graph, layer, path, input) => ActivationNodes.Add(graph, (Activation)layer, path, input),
        [typeof(BatchNormalization)] = static (graph, layer, path, input) => BatchNormalizationNodes.Add(graph, (BatchNormalization)layer, path, input),
        [typeof(Convolution)] = static (graph, layer, path, input) => ConvolutionNodes.Add(graph, (Convolution)layer, path, input),
        [typeof(Dense)] = static (graph, layer, path, input) => DenseNodes.Add(graph, (Dense)layer, path, input),
        [typeof(Maxout)] = static (graph, layer, path, input) => MaxoutNodes.Add(graph, (Maxout)layer, path, input),
        [typeof(ResidualBlock)] = static (graph, layer, path, input) => ResidualBlockNodes.Add(graph, (ResidualBlock)layer, path, input),
        [typeof(Reshape)] = static (graph, layer, path, input) => ReshapeNodes.Add(graph, (Reshape)layer, path, input),
        [typeof(SelfAttention)] = static (graph, layer, path, input) => SelfAttentionNodes.Add(graph, (SelfAttention)layer, path, input),
        [typeof(TransposedConvolution)] = static (graph, layer, path, input) => ConvolutionNodes.Add(graph, (TransposedConvolution)layer, path, input),
        [typeof(Upsampling)] = static (graph, layer, path, input) => UpsamplingNodes.Add(graph, (Upsampling)layer, path, input),
    };

    /// <summary>Adds layers one after another; the i-th lies at <c>{path}{i}.</c>, as in the network's layout.</summary>
    /// <exception cref="DistGanException">A layer has no ONNX form.</exception>
    public static string AddAll(OnnxGraph graph, IReadOnlyList<ILayer> layers, string path, string input)
    {
        var value = input;
        for (var i = 0; i < layers.Count; i++)
        {
            value = Add(graph, layers[i], $"{path}{i}.", value);
        }

        return value;
    }

    /// <summary>Adds one layer, whose weights lie at <paramref name="path"/>.</summary>
    /// <exception cref="DistGanException">It has no ONNX form.</exception>
    public static string Add(OnnxGraph graph, ILayer layer, string path, string input)
        => Adders.TryGetValue(layer.GetType(), out var add)
            ? add(graph, layer, path, input)
            : throw new DistGanException($"Layer {layer.GetType().Name} at {path.TrimEnd('.')} has no ONNX form: export with --format safetensors.");
}
