using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Export;
using DistGan.Training.Layers;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Export;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class VirtualBatchNormalizingTests
{
    [Theory]
    [InlineData("mlp", "float32")]
    [InlineData("dcgan", "float32")]
    [InlineData("dcgan", "bfloat16")]
    public void Train_AnImage_DoesNotDependOnTheOthersOfItsBatch(string network, string precision)
    {
        using var scope = NewDisposeScope();
        using var replica = Create(Recipe(network) with { Precision = precision });
        TinyRecipes.Advance(replica, 3);
        var z = Numbers.Normal(1, ScalarType.Float32, 8, 4);
        var others = cat([z.narrow(0, 0, 1), 5 * Numbers.Normal(2, ScalarType.Float32, 7, 4)], 0);

        var among = replica.Generator.Train(z);
        var elsewhere = replica.Generator.Train(others);

        Numbers.AssertSameBytes(among[0], elsewhere[0]);
        Assert.NotEqual(VectorBytes.Copy(among[1]), VectorBytes.Copy(elsewhere[1]));
        Numbers.AssertNear(among.narrow(0, 0, 1), replica.Generator.Train(z.narrow(0, 0, 1)), precision == "float32" ? 1e-5 : 0.02);

        // With batch normalisation they do depend.
        using var plain = Create(Recipe(network) with { Techniques = new() });
        Assert.NotEqual(VectorBytes.Copy(plain.Generator.Train(z)[0]), VectorBytes.Copy(plain.Generator.Train(others)[0]));
    }

    [Fact]
    public void Create_SameSeed_HasTheSameReferenceInEveryReplicaAndKeepsIt()
    {
        using var scope = NewDisposeScope();
        using var first = Create(Recipe("mlp"));
        using var second = ReplicaFactory.Create(Recipe("mlp"), new PatternDataSet(TinyRecipes.Shape), 1, new MemoryLinks(TinyRecipes.Shape).Links, CPU);
        using var other = Create(Recipe("mlp") with { Seed = 2 });
        var reference = VectorBytes.Copy(first.Generator.Buffers.Values);

        TinyRecipes.Advance(first, 4);

        Assert.Equal(reference, VectorBytes.Copy(first.Generator.Buffers.Values));
        Assert.Equal(reference, VectorBytes.Copy(second.Generator.Buffers.Values));
        Assert.NotEqual(reference, VectorBytes.Copy(other.Generator.Buffers.Values));
        Assert.Equal(["0.reference"], first.Generator.Network.Buffers.Entries.Select(static entry => entry.Name));
    }

    [Fact]
    public void Restore_IntoAReplicaWithAnotherReference_BringsTheOldOneBack()
    {
        using var scope = NewDisposeScope();
        using var first = Create(Recipe("mlp"));
        using var other = Create(Recipe("mlp") with { Seed = 2 });

        other.Restore(first.Capture());

        Numbers.AssertSameBytes(first.Generator.Buffers.Values, other.Generator.Buffers.Values);
    }

    [Fact]
    public void Rewrite_UniformLatents_DrawsAUniformReference()
    {
        using var scope = NewDisposeScope();
        using var replica = Create(Recipe("mlp", 400) with { Latent = new LatentRecipe { Size = 4, Distribution = "uniform" } });
        var values = replica.Generator.Buffers.Values;

        Assert.InRange(values.abs().max().item<float>(), 0.99f, 1);
        Assert.InRange(values.std().item<float>(), 0.55f, 0.6f);
    }

    [Fact]
    public void Rewrite_ResidualGenerator_ReachesIntoItsBlocks()
    {
        using var technique = new VirtualBatchNormalizing(new());
        var recipe = new Recipe { Generator = new() { Network = "residual", Width = 4 } };
        var plain = ReplicaFactory.Define(Player.Generator, recipe, new SampleShape(1, 28, 28), []);

        var rewritten = technique.Rewrite(Player.Generator, plain);

        Assert.Equal(plain.AllLayers.Count(static layer => layer is BatchNormalization), rewritten.AllLayers.Count(static layer => layer is VirtualBatchNormalization));
        Assert.False(rewritten.CouplesSamples);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sample_FromFilesOfARunWithAnotherReference_IsThatOfTheReplica(bool averaged)
    {
        using var scope = NewDisposeScope();
        var recipe = Recipe("dcgan") with { Techniques = new() { VirtualBatchNormalization = new() { Reference = 5 }, Ema = averaged ? new() : null } };
        using var replica = Create(recipe);
        replica.Generator.Buffers.Values.mul_(1.5); // as if the weights had come from another run
        TinyRecipes.Advance(replica, 4);
        IReadOnlyList<NamedArray> arrays = replica.Capture().Files[averaged ? "ema" : "generator"];

        using var trained = new TrainedGenerator(recipe, TinyRecipes.Shape, arrays);
        using var file = Generators.Stream(stream => GeneratorFile.Write(stream, trained, new Dictionary<string, string>
        {
            [ExportMetadata.RecipeKey] = System.Text.Encoding.UTF8.GetString(RecipeJson.Serialize(recipe)),
            [ExportMetadata.SampleShapeKey] = "[1, 8, 8]",
        }));
        using var again = GeneratorFile.Read(file, "file");

        var expected = replica.Sample("samples", 10);
        Numbers.AssertSameBytes(expected, trained.Sample("samples", 10));
        Numbers.AssertSameBytes(expected, again.Sample("samples", 10));
    }

    [Fact]
    public void Write_AsOnnx_IsRefusedInOneSentence()
    {
        using var trained = Generators.Create(Recipe("dcgan"), TinyRecipes.Shape, TechniqueCatalog.Create(Recipe("dcgan").Techniques));

        var error = Assert.Throws<DistGanException>(() => OnnxFile.Write(new MemoryStream(), trained, new Dictionary<string, string>()));

        Assert.Equal("Layer ReferenceBatch at 0 has no ONNX form: export with --format safetensors.", error.Message);
    }

    private static Recipe Recipe(string network, int reference = 5)
        => TinyRecipes.Of(network) with { Techniques = new() { VirtualBatchNormalization = new() { Reference = reference } } };

    private static Replica Create(Recipe recipe) => TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
}
