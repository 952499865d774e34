using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="Reshape"/> as Reshape to any number of samples, or as Flatten.</summary>
internal static class ReshapeNodes
{
    public static string Add(OnnxGraph graph, Reshape layer, string path, string input)
        => layer.Shape.Length == 0
            ? graph.Add("Flatten", path, [input], OnnxAttribute.Of("axis", 1L))
            : graph.Add("Reshape", path, [input, graph.Constant($"{path}shape", [-1L, .. layer.Shape])]);
}
