using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="BatchNormalization"/> with its running statistics as BatchNormalization.</summary>
internal static class BatchNormalizationNodes
{
    public static string Add(OnnxGraph graph, BatchNormalization layer, string path, string input) => graph.Add(
        "BatchNormalization",
        path,
        [input, graph.Array($"{path}scale"), graph.Array($"{path}shift"), graph.Array($"{path}running_mean"), graph.Array($"{path}running_var")],
        OnnxAttribute.Of("epsilon", layer.Epsilon));
}
