using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Topology;

public sealed class TopologyRecipeTests
{
    [Theory]
    [InlineData(2, null, 2)]
    [InlineData(3, null, 2)]
    [InlineData(8, null, 5)]
    [InlineData(8, 3, 3)]
    public void MergeQuorum_OfReplicas_IsMoreThanHalfUnlessTheRecipeSays(int replicas, int? quorum, int expected)
        => Assert.Equal(expected, new TopologyRecipe { Replicas = replicas, Quorum = quorum }.MergeQuorum());

    [Fact]
    public void Warnings_KeysOfAnotherMerge_AreNamed()
    {
        var recipe = new Recipe { Topology = new() { Kind = "averaging", Replicas = 2, Elasticity = 0.5, OuterRate = 1, OuterMomentum = 0.5, DeadlineSeconds = 11 } };

        Assert.Equal(
            ["topology.deadline-seconds", "topology.elasticity", "topology.outer-rate", "topology.outer-momentum"],
            RecipeValidator.Warnings(recipe).Select(static warning => warning.Key));
        Assert.Equal(["topology.data-split"], RecipeValidator.Warnings(new Recipe { Topology = new() { DataSplit = "own" } }).Select(static warning => warning.Key));
        Assert.Empty(RecipeValidator.Warnings(new Recipe { Topology = new() { DataSplit = "own", Replicas = 2 } }));
        Assert.Equal(["topology.wire"], RecipeValidator.Warnings(new Recipe { Topology = new() { Wire = "int8" } }).Select(static warning => warning.Key));
        Assert.Equal(["topology.merge"], RecipeValidator.Warnings(new Recipe { Topology = new() { Merge = "elastic" } }).Select(static warning => warning.Key));
        Assert.Empty(RecipeValidator.Warnings(new Recipe { Topology = new() { Kind = "averaging", Replicas = 2 } }));
    }

    [Fact]
    public void Warnings_KeysOfAnotherKind_AreNamed()
    {
        var others = new TopologyRecipe { Replicas = 3, Merge = "elastic", Wire = "int8", Quorum = 2, DeadlineSeconds = 1, MaxStaleRounds = 2, Share = 0.25 };

        Assert.Equal(["topology.share"], Keys("averaging"));
        Assert.Equal(["topology.merge", "topology.wire", "topology.quorum", "topology.deadline-seconds"], Keys("gossip"));
        Assert.Equal(
            ["topology.merge", "topology.wire", "topology.quorum", "topology.deadline-seconds", "topology.max-stale-rounds", "topology.share"], Keys("independent"));

        IEnumerable<string> Keys(string kind) => RecipeValidator.Warnings(new Recipe { Topology = others with { Kind = kind } }).Select(static warning => warning.Key);
    }

    [Fact]
    public void ToYaml_Quorum_IsAutoUntilItIsSet()
    {
        Assert.Contains("  quorum: auto\n", RecipeWriter.ToYaml(new Recipe()), StringComparison.Ordinal);
        Assert.Equal(3, RecipeReader.Apply(new Recipe(), ["topology.kind=averaging", "topology.replicas=4", "topology.quorum=3"]).Topology.Quorum);
    }
}
