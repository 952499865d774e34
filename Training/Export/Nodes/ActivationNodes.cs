using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="Activation"/> as Relu, LeakyRelu or Tanh.</summary>
internal static class ActivationNodes
{
    public static string Add(OnnxGraph graph, Activation layer, string path, string input) => layer.Kind switch
    {
        ActivationKind.Relu => graph.Add("Relu", path, [input]),
        ActivationKind.LeakyRelu => graph.Add("LeakyRelu", path, [input], OnnxAttribute.Of("alpha", Activation.LeakySlope)),
        ActivationKind.Tanh => graph.Add("Tanh", path, [input]),
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Kind, "Unknown activation."),
    };
}
