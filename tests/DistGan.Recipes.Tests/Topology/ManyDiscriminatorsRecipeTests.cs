using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Topology;

public sealed class ManyDiscriminatorsRecipeTests
{
    private static readonly Recipe Many = new() { Topology = new() { Kind = TopologyRecipe.MultiDiscriminator, Replicas = 4, DataSplit = TopologyRecipe.Own } };

    [Theory]
    [InlineData(2, null, 1)]
    [InlineData(3, null, 1)]
    [InlineData(4, null, 2)]
    [InlineData(7, null, 2)]
    [InlineData(8, null, 3)]
    [InlineData(64, null, 6)]
    [InlineData(8, 5, 5)]
    public void GeneratedBatches_OfReplicas_IsTheLogarithmUnlessTheRecipeSays(int replicas, int? batches, int expected)
        => Assert.Equal(expected, new TopologyRecipe { Replicas = replicas, FakeBatches = batches }.GeneratedBatches());

    [Fact]
    public void TrainsGenerator_OfKinds_IsReplicaZeroAloneWhereThereAreManyDiscriminators()
    {
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(Many.Topology.TrainsGenerator));
        Assert.True(new TopologyRecipe { Kind = TopologyRecipe.Averaging }.TrainsGenerator(2));
    }

    [Fact]
    public void Validate_WithEveryTechniqueThatFits_IsAllowed()
    {
        var recipe = Many with
        {
            Objective = new RelativisticRecipe(),
            Balance = new StaticBalanceRecipe { Discriminator = 5 },
            Techniques = new() { FeatureMatching = new(), Packing = new(), MinibatchDiscrimination = new(), SpectralNormalization = new(), R1 = new(), Diffaugment = new(), ExperienceReplay = new(), Ema = new() },
        };

        Assert.Empty(RecipeValidator.Validate(recipe));
        Assert.Empty(RecipeValidator.Validate(Many with { Techniques = new() { HistoricalAveraging = new() }, Topology = Many.Topology with { SwapPasses = 0 } }));
    }

    [Fact]
    public void Validate_MuchThatDoesNotFit_NamesAllAtOnce()
    {
        var recipe = Many with
        {
            Balance = new StaticBalanceRecipe { Generator = 2 },
            Techniques = new() { Unrolling = new(), HistoricalAveraging = new() },
            Topology = Many.Topology with { Quorum = 5, FakeBatches = 6 },
        };

        Assert.Equal(
            ["balance.generator", "techniques.historical-averaging", "techniques.unrolling", "topology.fake-batches", "topology.quorum"],
            RecipeValidator.Validate(recipe).Select(static error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Warnings_AllDataForEach_AdvisesParts()
        => Assert.Equal(["topology.data-split"], RecipeValidator.Warnings(Many with { Topology = Many.Topology with { DataSplit = TopologyRecipe.Whole } }).Select(static warning => warning.Key));

    [Fact]
    public void Warnings_KeysOfAnotherKind_AreNamed()
    {
        Assert.Empty(RecipeValidator.Warnings(Many));
        Assert.Equal(["topology.merge", "topology.wire"], RecipeValidator.Warnings(Many with { Topology = Many.Topology with { Merge = "elastic", Wire = "int8" } }).Select(static warning => warning.Key));
        Assert.Equal(
            ["topology.fake-batches", "topology.swap-passes"],
            RecipeValidator.Warnings(new Recipe { Topology = new() { FakeBatches = 2, SwapPasses = 0 } }).Select(static warning => warning.Key));
    }
}
