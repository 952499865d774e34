using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="Maxout"/> as Reshape to [N, pieces, units] and ReduceMax over the pieces.</summary>
internal static class MaxoutNodes
{
    public static string Add(OnnxGraph graph, Maxout layer, string path, string input)
    {
        // As many units as there are; 0 keeps the number of samples.
        var pieces = graph.Add("Reshape", path, [input, graph.Constant($"{path}shape", 0L, layer.Pieces, -1L)]);
        return graph.Add("ReduceMax", path, [pieces], OnnxAttribute.Repeated("axes", 1, 1), OnnxAttribute.Of("keepdims", 0L));
    }
}
