using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Networks;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Export;

/// <summary>Generators with weights that no training made.</summary>
internal static class Generators
{
    public static Recipe Recipe(string network, int width = 8, string normalization = "auto", string distribution = "normal") => new()
    {
        Generator = new PlayerRecipe { Network = network, Width = width, Normalization = normalization, Activation = "leaky-relu" },
        Latent = new LatentRecipe { Size = 7, Distribution = distribution },
    };

    /// <summary>Images of a size, or points in the plane.</summary>
    public static SampleShape Shape(int channels, int size) => size == 0 ? SampleShape.Point(channels) : new SampleShape(channels, size, size);

    /// <summary>A generator whose every weight is random: those that start at 0 or 1 as well.</summary>
    public static TrainedGenerator Create(Recipe recipe, SampleShape shape) => new(recipe, shape, Arrays(recipe, shape), labels: LabelsOf(recipe));

    /// <summary>Three classes where a recipe uses labels.</summary>
    public static DataLabels? LabelsOf(Recipe recipe) => recipe.Conditioning.UsesLabels ? new([5, 1, 4], ["shirt", "bag", "boot"]) : null;

    /// <summary>The same with techniques that change the network.</summary>
    public static TrainedGenerator Create(Recipe recipe, SampleShape shape, IReadOnlyList<Technique> techniques) => new(recipe, shape, Arrays(recipe, shape, techniques));

    /// <summary>Its weights by name.</summary>
    public static IReadOnlyList<NamedArray> Arrays(Recipe recipe, SampleShape shape, IReadOnlyList<Technique>? techniques = null)
    {
        using var scope = NewDisposeScope();
        var network = new Network(ReplicaFactory.Define(Player.Generator, recipe, shape, techniques ?? [], classes: LabelsOf(recipe)?.Classes ?? 0));
        using var generator = new Generator();
        generator.manual_seed(5);
        var theta = network.Parameters.Initialize(generator, CPU) + 0.1 * Numbers.Normal(6, ScalarType.Float32, network.Parameters.Length);
        return network.Parameters.ToArrays(theta);
    }

    public static MemoryStream Stream(Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        stream.Position = 0;
        return stream;
    }

    public static byte[] Bytes(TrainedGenerator generator, Tensor latents)
    {
        using var images = generator.Generate(latents);
        return VectorBytes.Copy(images);
    }
}
