using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

public sealed class JointTrainingTests
{
    [Theory]
    [InlineData("mlp", "gaussian")]
    [InlineData("dcgan", "bernoulli")]
    public void Advance_Variational_LearnsToReconstruct(string network, string likelihood)
    {
        var tiny = TinyRecipes.Of(network, everything: true).With("vae");
        var recipe = tiny with { Objective = new VariationalRecipe { Likelihood = likelihood, Deviation = 1 }, Generator = tiny.Generator with { Optimizer = new AdamRecipe { Rate = 1e-2 } } };
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 60);

        var (first, last) = (links.Reported[0].Values, links.Reported[^1].Values);
        Assert.True(last[MetricNames.Reconstruction] < first[MetricNames.Reconstruction] - 0.1);
        Assert.True(last[MetricNames.KlDivergence] >= 0);
        Assert.Equal(last[MetricNames.Reconstruction] + last[MetricNames.KlDivergence], last[MetricNames.GeneratorLoss], 1e-3);
        Assert.Equal(last[MetricNames.GeneratorLoss], last[MetricNames.DiscriminatorLoss]);
        Assert.DoesNotContain(MetricNames.RealScore, last.Keys);
        Assert.Equal(60 * 2 * recipe.Batch, replica.Images);
    }

    [Fact]
    public void Advance_Variational_MovesBothNetworksByOneLoss()
    {
        using var replica = TinyRecipes.Create(TinyRecipes.Of("mlp").With("vae"), new MemoryLinks(TinyRecipes.Shape).Links);
        var (encoder, decoder) = (VectorBytes.Copy(replica.Discriminator.Parameters.Values), VectorBytes.Copy(replica.Generator.Parameters.Values));

        replica.Advance();

        Assert.NotEqual(encoder, VectorBytes.Copy(replica.Discriminator.Parameters.Values));
        Assert.NotEqual(decoder, VectorBytes.Copy(replica.Generator.Parameters.Values));
        Assert.Equal((2L, 2L), (replica.Discriminator.Optimizer.Updates, replica.Generator.Optimizer.Updates));
    }

    [Fact]
    public void Create_EncoderOfPoints_CodesThem()
    {
        var shape = SampleShape.Point(2);
        using var replica = ReplicaFactory.Create(TinyRecipes.Of("mlp").With("vae"), new PatternDataSet(shape), 0, new MemoryLinks(shape).Links, CPU);

        TinyRecipes.Advance(replica, 2);

        Assert.Equal([8], replica.Discriminator.Network.Output);
    }
}
