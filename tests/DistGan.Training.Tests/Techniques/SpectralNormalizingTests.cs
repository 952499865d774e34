using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class SpectralNormalizingTests
{
    [Theory]
    [InlineData("discriminator", true, false)]
    [InlineData("generator", false, true)]
    [InlineData("both", true, true)]
    public void Rewrite_OfPlayers_WrapsEveryDenseAndConvolutionEvenInsideBlocks(string players, bool ofDiscriminator, bool ofGenerator)
    {
        using var technique = new SpectralNormalizing(new SpectralNormalizationRecipe { Players = players });
        foreach (var (player, isOn) in new[] { (Player.Discriminator, ofDiscriminator), (Player.Generator, ofGenerator) })
        {
            var plain = ReplicaFactory.Define(player, new Recipe { Generator = Residual, Discriminator = Residual }, new SampleShape(1, 28, 28), []);
            var rewritten = technique.Rewrite(player, plain);

            var weighted = plain.AllLayers.Count(SpectralNormalization.Takes);
            Assert.Equal(isOn ? weighted : 0, rewritten.AllLayers.Count(static layer => layer is SpectralNormalization));
            Assert.Equal(
                new Network(plain).Parameters.Entries.Select(static entry => entry.Name),
                new Network(rewritten).Parameters.Entries.Select(static entry => entry.Name));
        }
    }

    [Fact]
    public void Define_NormalizationAuto_LeavesDWithoutBatchNormalisation()
    {
        var recipe = new Recipe { Techniques = new() { SpectralNormalization = new() } };

        Assert.False(NetworkCatalog.NormalizesDiscriminator(recipe));
        Assert.True(NetworkCatalog.NormalizesDiscriminator(recipe with { Techniques = new() { SpectralNormalization = new() { Players = "generator" } } }));
    }

    [Fact]
    public void Freeze_InGsUpdate_LeavesUAndTrainMovesIt()
    {
        using var scope = NewDisposeScope();
        using var replica = TinyRecipes.Create(TinyRecipes.Of("mlp") with { Techniques = new() { SpectralNormalization = new() } }, new MemoryLinks(TinyRecipes.Shape).Links);
        var model = replica.Discriminator;
        var x = Numbers.Normal(1, ScalarType.Float32, 8, 1, 8, 8);
        var before = VectorBytes.Copy(model.Buffers.Values);

        _ = model.FreezeWithFeatures(x, Statistics.Batch);
        _ = model.TrainPrecisely(x);
        Assert.Equal(before, VectorBytes.Copy(model.Buffers.Values));

        _ = model.Train(x);
        Assert.NotEqual(before, VectorBytes.Copy(model.Buffers.Values));
    }

    [Theory]
    [InlineData("mlp", "float32", "wgan-gp")]
    [InlineData("dcgan", "bfloat16", "hinge")]
    public void Advance_Training_KeepsTheLargestSingularValueNearOne(string network, string precision, string objective)
    {
        using var scope = NewDisposeScope();
        var recipe = TinyRecipes.Of(network) with { Precision = precision, Objective = RecipeKinds.Objectives[objective](), Techniques = new() { SpectralNormalization = new() } };
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        replica.ScaleRates(0.1);
        TinyRecipes.Advance(replica, 60);

        var model = replica.Discriminator;
        using var noGrad = no_grad();
        foreach (var (entry, u) in model.Network.Buffers.Entries.Zip(model.Buffers.Views))
        {
            var weight = model.Parameters.Frozen.Master.Zip(model.Network.Parameters.Entries).Single(pair => pair.Second.Name == entry.Name[..^2]).First.flatten(1);
            var sigma = weight.t().mv(u).norm();
            Assert.InRange(linalg.svdvals(weight / sigma)[0].item<float>(), 0.99, 1.01);
        }
    }

    [Fact]
    public void Sample_NormalisedGenerator_IsThatOfTheTrainedOneFromItsFiles()
    {
        using var scope = NewDisposeScope();
        var recipe = TinyRecipes.Of() with { Techniques = new() { SpectralNormalization = new() { Players = "both" } } };
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);
        TinyRecipes.Advance(replica, 5);

        using var trained = new TrainedGenerator(recipe, TinyRecipes.Shape, replica.Capture().Files["generator"]);

        var samples = trained.Sample("samples", 20);
        Assert.True(samples.isfinite().all().item<bool>());
        Numbers.AssertSameBytes(replica.Sample("samples", 20), samples);
    }

    private static PlayerRecipe Residual => new() { Network = "residual", Width = 4 };
}
