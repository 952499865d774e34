using DistGan.Recipes;
using DistGan.Training.Networks;

namespace DistGan.Training.Tests.Networks;

public sealed class NormalizesDiscriminatorTests
{
    [Theory]
    [InlineData("dcgan", "auto", false, true)]
    [InlineData("dcgan", "auto", true, false)]
    [InlineData("mlp", "auto", false, false)]
    [InlineData("mlp", "batch", true, true)]
    [InlineData("dcgan", "none", false, false)]
    [InlineData("infogan", "auto", false, true)]
    [InlineData("infogan", "auto", true, false)]
    [InlineData("residual", "auto", false, false)]
    [InlineData("residual", "batch", false, true)]
    [InlineData("autoencoder", "auto", false, false)]
    [InlineData("autoencoder", "batch", false, true)]
    public void NormalizesDiscriminator_AutoOrGiven_FollowsNetworkAndObjective(string network, string normalization, bool penalised, bool expected)
    {
        var recipe = new Recipe
        {
            Discriminator = new PlayerRecipe { Network = network, Normalization = normalization },
            Objective = penalised ? new WassersteinGradientPenaltyRecipe() : new NonSaturatingRecipe(),
        };

        Assert.Equal(expected, NetworkCatalog.NormalizesDiscriminator(recipe));
    }

    [Fact]
    public void NormalizesDiscriminator_PenaltyOfATechnique_IsAsThatOfAnObjective()
    {
        Assert.False(NetworkCatalog.NormalizesDiscriminator(new() { Techniques = new() { R1 = new() } }));
        Assert.False(NetworkCatalog.NormalizesDiscriminator(new() { Techniques = new() { R2 = new() } }));
        Assert.True(NetworkCatalog.NormalizesDiscriminator(new() { Discriminator = new() { Normalization = "batch" }, Techniques = new() { R1 = new() } }));
    }
}
