using DistGan.Training.Layers;

namespace DistGan.Training.Export.Nodes;

/// <summary><see cref="Convolution"/> as Conv and <see cref="TransposedConvolution"/> as ConvTranspose: the layouts of weights agree.</summary>
internal static class ConvolutionNodes
{
    public static string Add(OnnxGraph graph, Convolution layer, string path, string input)
        => graph.Add("Conv", path, Inputs(graph, path, input, layer.Bias), Sizes(layer.Kernel, layer.Stride, layer.Padding));

    public static string Add(OnnxGraph graph, TransposedConvolution layer, string path, string input)
        => graph.Add("ConvTranspose", path, Inputs(graph, path, input, layer.Bias), Sizes(layer.Kernel, layer.Stride, layer.Padding));

    private static string[] Inputs(OnnxGraph graph, string path, string input, bool bias)
        => bias ? [input, graph.Array($"{path}weight"), graph.Array($"{path}bias")] : [input, graph.Array($"{path}weight")];

    private static OnnxAttribute[] Sizes(long kernel, long stride, long padding) =>
    [
        OnnxAttribute.Repeated("kernel_shape", kernel, 2),
        OnnxAttribute.Repeated("strides", stride, 2),
        OnnxAttribute.Repeated("pads", padding, 4),
    ];
}
