using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="Upsampling"/> as Resize of nearest neighbours, counted from the corner.</summary>
internal static class UpsamplingNodes
{
    public static string Add(OnnxGraph graph, Upsampling layer, string path, string input) => graph.Add(
        "Resize",
        path,
        [input, "", graph.Constant($"{path}scales", 1f, 1f, layer.Factor, layer.Factor)],
        OnnxAttribute.Of("mode", "nearest"),
        OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"),
        OnnxAttribute.Of("nearest_mode", "floor"));
}
