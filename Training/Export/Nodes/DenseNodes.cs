using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="Dense"/> as Gemm with a transposed weight.</summary>
internal static class DenseNodes
{
    public static string Add(OnnxGraph graph, Dense layer, string path, string input)
    {
        var weight = graph.Array($"{path}weight");
        return graph.Add("Gemm", path, layer.Bias ? [input, weight, graph.Array($"{path}bias")] : [input, weight], OnnxAttribute.Of("transB", 1L));
    }
}
