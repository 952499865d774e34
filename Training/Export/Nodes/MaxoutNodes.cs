using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="Maxout"/> as Reshape to [N, units, pieces] and ReduceMax over the pieces.</summary>
internal static class MaxoutNodes
{
    public static string Add(OnnxGraph graph, Maxout layer, string path, string input)
    {
        // As many units as there are; 0 keeps the number of samples.
        var pieces = graph.Add("Reshape", path, [input, graph.Constant($"{path}shape", 0L, -1L, layer.Pieces)]);
        return graph.Add("ReduceMax", path, [pieces], OnnxAttribute.Repeated("axes", 2, 1), OnnxAttribute.Of("keepdims", 0L));
    }
}
