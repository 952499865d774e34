using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

public sealed class AttentionTests
{
    /// <summary>Every size of every network in each place that validation allows.</summary>
    public static TheoryData<string, int, Player> Cases
        => [.. from network in new[] { "dcgan", "residual" } from size in new[] { 28, 32, 64 } from player in Enum.GetValues<Player>() select (network, size, player)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Build_EverySizeThatValidationAllows_HasABlockOnAMapOfThatSize(string network, int size, Player player)
    {
        var recipe = new PlayerRecipe { Network = network, Width = 8 };
        var sizes = ImageNetworks.InnerMaps(recipe, size, player == Player.Discriminator);
        Assert.NotEmpty(sizes);
        foreach (var map in sizes)
        {
            var definition = Define(recipe with { Attention = [$"{map}"] }, size, player);

            var at = definition.Layers.ToList().FindIndex(static layer => layer is SelfAttention);
            var before = new Network(definition with { Layers = definition.Layers[..at] });
            Assert.Equal([before.Output[0], map, map], before.Output);
            Assert.Equal(before.Output[0], ((Convolution)Assert.IsType<SelfAttention>(definition.Layers[at]).Result).Channels);
            Assert.Equal(new Network(Define(recipe, size, player)).Output, new Network(definition).Output);
        }
    }

    [Fact]
    public void Build_SizeWithoutAMap_IsRefused()
    {
        var error = Assert.Throws<DistGanException>(() => Define(new PlayerRecipe { Network = "dcgan", Width = 8, Attention = ["28"] }, 28, Player.Generator));

        Assert.Equal("The generator has no map of one of the sizes 28 that 'generator.attention' names: take sizes that its doublings pass through.", error.Message);
    }

    private static NetworkDefinition Define(PlayerRecipe recipe, int size, Player player)
    {
        var (family, shape) = (NetworkCatalog.Families[recipe.Network], new SampleShape(1, size, size));
        return player == Player.Generator ? family.Generator(recipe, 4, shape) : family.Discriminator(recipe, shape, normalize: true);
    }
}
