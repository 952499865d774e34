using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Steps;

public sealed class EnergyTrainingTests
{
    [Theory]
    [InlineData("mlp", 1)]
    [InlineData("autoencoder", 2)]
    public void Advance_BoundaryEquilibrium_ReportsItsControllerAndNoAccuracies(string generator, int updates)
    {
        var recipe = TinyRecipes.Of("mlp", replay: "parallel").With("began");
        recipe = recipe with
        {
            Generator = recipe.Generator with { Network = generator, Depth = 1 },
            Objective = new BoundaryEquilibriumRecipe { Gain = 0.5, Diversity = 1 },
            Balance = new StaticBalanceRecipe { Discriminator = updates },
        };
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 9);

        var values = links.Reported[2].Values;
        Assert.InRange(values[MetricNames.BeganK], 1e-6, 1);
        Assert.InRange(values[MetricNames.RealScore], 0.05, 2);
        Assert.InRange(values[MetricNames.BeganConvergence], values[MetricNames.RealScore], 4);
        Assert.DoesNotContain(MetricNames.RealAccuracy, values.Keys);
    }

    /// <summary>An autoencoder that never sees generated samples learns to reconstruct the real ones.</summary>
    [Theory]
    [InlineData("ebgan")]
    [InlineData("began")]
    public void Advance_OnPoints_LowersTheEnergyOfRealSamples(string objective)
    {
        var shape = SampleShape.Point(2);
        var recipe = TinyRecipes.Of("mlp").With(objective);
        var links = new MemoryLinks(shape);
        recipe = recipe with { Discriminator = recipe.Discriminator with { Width = 32, Optimizer = new AdamRecipe { Rate = 1e-2 } } };
        using var replica = ReplicaFactory.Create(recipe, new PatternDataSet(shape), 0, links.Links, CPU);

        TinyRecipes.Advance(replica, 60);

        Assert.True(links.Reported[^1].Values[MetricNames.RealScore] < 0.7 * links.Reported[0].Values[MetricNames.RealScore]);
    }

    [Fact]
    public void Capture_BoundaryEquilibrium_HoldsK()
    {
        using var replica = TinyRecipes.Create(TinyRecipes.Of().With("began"), new MemoryLinks(TinyRecipes.Shape).Links);
        TinyRecipes.Advance(replica, 2);

        Assert.InRange(BitConverter.Int64BitsToDouble(replica.Capture().Counters["began_k"]!.GetValue<long>()), 1e-9, 0.1);
    }
}
