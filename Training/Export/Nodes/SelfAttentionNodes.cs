using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="SelfAttention"/> as convolutions, two MatMuls around a Softmax, and the sum with what came in.</summary>
internal static class SelfAttentionNodes
{
    public static string Add(OnnxGraph graph, SelfAttention layer, string path, string input)
    {
        var key = Flat(graph, layer.Key, $"{path}key.", input);
        var query = Flat(graph, layer.Query, $"{path}query.", input);
        var turned = graph.Add("Transpose", path, [key], OnnxAttribute.Of("perm", [0, 2, 1]));
        var scores = graph.Add("MatMul", $"{path}scores.", [turned, query]);
        var shares = graph.Add("Softmax", path, [scores], OnnxAttribute.Of("axis", 1L));
        var value = LayerNodes.Add(graph, layer.Value, $"{path}value.", input);
        var mixed = graph.Add("MatMul", $"{path}mixed.", [Flatten(graph, $"{path}value.", value), shares]);

        // The map's height and width are those of the value's own output.
        var map = graph.Add("Reshape", $"{path}mixed.", [mixed, graph.Add("Shape", $"{path}value.", [value])]);
        var result = LayerNodes.Add(graph, layer.Result, $"{path}result.", map);
        return graph.Add("Add", path, [input, graph.Add("Mul", path, [result, graph.Array($"{path}gamma")])]);
    }

    private static string Flat(OnnxGraph graph, ILayer layer, string path, string input) => Flatten(graph, path, LayerNodes.Add(graph, layer, path, input));

    /// <summary>[N, C, H, W] → [N, C, H·W].</summary>
    private static string Flatten(OnnxGraph graph, string path, string value) => graph.Add("Reshape", path, [value, graph.Constant($"{path}flat", 0L, 0L, -1L)]);
}
