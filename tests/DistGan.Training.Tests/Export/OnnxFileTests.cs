using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Export;
using DistGan.Training.Export.Nodes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Steps;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Export;

/// <summary>What ONNX Runtime computes from exported files.</summary>
public sealed class OnnxFileTests
{
    private static readonly Dictionary<string, string> Metadata = new() { ["step"] = "3" };

    public static TheoryData<string, int, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, int>();
            foreach (var family in NetworkCatalog.Families.Keys)
            {
                foreach (var (channels, size) in new[] { (1, 28), (3, 32), (3, 64) })
                {
                    cases.Add(family, channels, size, 8);
                }
            }

            cases.Add("mlp", 2, 0, 8);
            cases.Add("maxout-mlp", 2, 0, 8);
            cases.Add("mlp", 1, 20, 8);
            cases.Add("infogan", 1, 20, 8);
            cases.Add("dcgan", 3, 128, 4);
            cases.Add("residual", 1, 128, 4);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Write_EveryGenerator_GivesTheSameSamplesInOnnxRuntime(string network, int channels, int size, int width)
        => AssertSame(Generators.Recipe(network, width), Generators.Shape(channels, size));

    [Theory]
    [InlineData("mlp")]
    [InlineData("dcgan")]
    [InlineData("infogan")]
    [InlineData("residual")]
    public void Write_GeneratorWithoutNormalisation_GivesTheSameSamplesInOnnxRuntime(string network)
        => AssertSame(Generators.Recipe(network, normalization: "none"), Generators.Shape(1, 28));

    [Theory]
    [InlineData("dcgan", "7")]
    [InlineData("residual", "14")]
    public void Write_GeneratorWithAttention_GivesTheSameSamplesInOnnxRuntime(string network, string size)
    {
        var recipe = Generators.Recipe(network);
        AssertSame(recipe with { Generator = recipe.Generator with { Attention = [size] } }, Generators.Shape(1, 28));
    }

    [Fact]
    public void Write_AnyGenerator_NamesInputOutputAndMetadata()
    {
        using var generator = Generators.Create(Generators.Recipe("dcgan"), Generators.Shape(3, 32));
        using var session = Open(generator);

        Assert.Equal([-1, 7], session.InputMetadata[OnnxFile.Input].Dimensions);
        Assert.Equal([-1, 3, 32, 32], session.OutputMetadata[OnnxFile.Images].Dimensions);
        Assert.Equal("N", session.InputMetadata[OnnxFile.Input].SymbolicDimensions[0]);
        Assert.Equal(Metadata, session.ModelMetadata.CustomMetadataMap);
        Assert.Equal("DistGan", session.ModelMetadata.ProducerName);
    }

    [Fact]
    public void Write_GeneratorOfPoints_NamesItsOutputPoints()
    {
        using var generator = Generators.Create(Generators.Recipe("mlp"), SampleShape.Point(2));
        using var session = Open(generator);

        Assert.Equal([-1, 2], session.OutputMetadata[OnnxFile.Points].Dimensions);
    }

    [Theory]
    [InlineData("cgan")]
    [InlineData("infogan")]
    public void Write_GeneratorWithCodes_DrawsTheSameSamplesFromNoiseAndCode(string kind)
        => AssertSame(Generators.Recipe("dcgan") with { Conditioning = RecipeKinds.Conditionings[kind]() }, Generators.Shape(1, 28));

    [Fact]
    public void AddAll_LayerWithoutAForm_IsRefusedWithItsPlace()
    {
        var error = Assert.Throws<DistGanException>(static () => LayerNodes.AddAll(new OnnxGraph([]), [new Reshape(2, 1, 1), new ResidualBlock([new GlobalSum()], [])], "", "z"));

        Assert.Equal("Layer GlobalSum at 1.main.0 has no ONNX form: export with --format safetensors.", error.Message);
    }

    private static void AssertSame(Recipe recipe, SampleShape shape)
    {
        using var scope = NewDisposeScope();
        using var generator = Generators.Create(recipe, shape);
        using var session = Open(generator);
        foreach (var count in new[] { 1, 5 })
        {
            var z = generator.Latents(count, seed: 11);
            var expected = generator.Generate(z);

            using var results = session.Run([NamedOnnxValue.CreateFromTensor(OnnxFile.Input, new DenseTensor<float>(z.data<float>().ToArray(), [count, generator.Layout.Width]))]);
            var found = Assert.IsType<DenseTensor<float>>(Assert.Single(results).Value);

            Assert.Equal(expected.shape, found.Dimensions.ToArray().Select(static length => (long)length));
            Numbers.AssertNear(expected, tensor(found.Buffer.ToArray()).reshape(expected.shape), 1e-4);
            Assert.True(count == 1 || (expected[0] - expected[1]).abs().max().item<float>() > 0.01, "The samples are all alike, which shows nothing.");
        }
    }

    private static InferenceSession Open(TrainedGenerator generator)
    {
        using var stream = Generators.Stream(stream => OnnxFile.Write(stream, generator, Metadata));
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return new InferenceSession(stream.ToArray(), options);
    }
}
