using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="ResidualBlock"/> as the nodes of its branches and an Add.</summary>
internal static class ResidualBlockNodes
{
    public static string Add(OnnxGraph graph, ResidualBlock layer, string path, string input) => graph.Add(
        "Add",
        path,
        [LayerNodes.AddAll(graph, layer.Main, $"{path}main.", input), LayerNodes.AddAll(graph, layer.Shortcut, $"{path}shortcut.", input)]);
}
