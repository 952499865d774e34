using DistGan.Recipes;
using DistGan.Training.Export.Nodes;
using DistGan.Training.Steps;

namespace DistGan.Training.Export;

/// <summary>A trained generator as an ONNX model: input <c>z</c> [N, latent], output <c>images</c> [N, C, H, W] in [−1, 1], or <c>points</c> [N, C]; N is free.</summary>
/// <remarks>Weights are the float32 ones; batch normalisation uses the standing statistics that belong to them, so each sample is independent of its batch.</remarks>
public static class OnnxFile
{
    /// <summary>Name of the input.</summary>
    public const string Input = "z";

    /// <summary>Name of the output of a generator of images.</summary>
    public const string Images = "images";

    /// <summary>Name of the output of a generator of points.</summary>
    public const string Points = "points";

    /// <summary>Writes the model.</summary>
    /// <exception cref="DistGanException">A layer has no ONNX form, or the weights are too large for the format.</exception>
    public static void Write(Stream stream, TrainedGenerator generator, IReadOnlyDictionary<string, string> metadata)
    {
        var graph = new OnnxGraph(generator.ToArrays());
        var definition = generator.Network.Definition;
        var result = LayerNodes.AddAll(graph, definition.Layers, "", Input);
        var output = generator.Shape.IsImage ? Images : Points;

        graph.Name(result, output);
        OnnxModel.Write(stream, graph, (Input, [.. definition.Input]), (output, generator.Network.Output), metadata);
    }
}
