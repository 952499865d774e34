using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

public sealed class ResidualConvolutionalTests
{
    private static readonly ResidualConvolutional Family = new();

    [Fact]
    public void Generator_Of32PixelsAndWidth256_HasTheParametersOfThePaper()
    {
        var network = new Network(Family.Generator(new PlayerRecipe { Width = 256 }, 128, new SampleShape(3, 32, 32)));

        // Dense to 4×4×256; three blocks of two normalisations, two 3×3 convolutions and a 1×1 shortcut; normalisation and convolution to RGB.
        const long Dense = 128 * 4096 + 4096;
        const long Block = 2 * 2 * 256 + 2 * 9 * 256 * 256 + 256 * 256;
        const long Last = 2 * 256 + 9 * 256 * 3 + 3;
        Assert.Equal(Dense + 3 * Block + Last, network.Parameters.Length);
        Assert.Equal(7 * 2 * 256, network.Buffers.Length);
    }

    [Fact]
    public void Discriminator_Of32PixelsAndWidth128_HasTheParametersOfThePaper()
    {
        var network = new Network(Family.Discriminator(new PlayerRecipe { Width = 128 }, new SampleShape(3, 32, 32), normalize: false));

        const long First = (9 * 3 * 128 + 128) + (9 * 128 * 128 + 128) + (3 * 128 + 128);
        const long Keep = 2 * (9 * 128 * 128 + 128);
        const long Down = Keep + 128 * 128 + 128;
        Assert.Equal(First + Down + 2 * Keep + 128 + 1, network.Parameters.Length);
        Assert.Equal(0, network.Buffers.Length);
    }

    [Fact]
    public void Players_Of128PixelsAndWidth64_HaveTheChannelsOfThePaper()
    {
        var shape = new SampleShape(3, 128, 128);
        var generator = Family.Generator(new PlayerRecipe { Width = 64 }, 128, shape);
        var discriminator = Family.Discriminator(new PlayerRecipe { Width = 64 }, shape, normalize: false);

        Assert.Equal(1024 * 4 * 4, Assert.IsType<Dense>(generator.Layers[0]).Units);
        Assert.Equal([1024, 512, 256, 128, 64], Outputs(generator));
        Assert.Equal([64, 128, 256, 512, 1024, 1024], Outputs(discriminator));
    }

    [Theory]
    [InlineData(28, 7, 2)]
    [InlineData(32, 4, 3)]
    [InlineData(64, 4, 4)]
    [InlineData(128, 4, 5)]
    public void Generator_DepthAuto_StartsFromTheSmallestMap(int size, int smallest, int blocks)
    {
        var generator = Family.Generator(new PlayerRecipe { Width = 4 }, 8, new SampleShape(1, size, size));

        Assert.Equal(smallest, Assert.IsType<Reshape>(generator.Layers[1]).Shape[1]);
        Assert.Equal(blocks, generator.Layers.OfType<ResidualBlock>().Count());
    }

    [Fact]
    public void Normalization_NoneOrBatch_IsFollowedByBothPlayers()
    {
        var shape = new SampleShape(1, 32, 32);
        var plain = Family.Generator(new PlayerRecipe { Width = 4, Normalization = "none" }, 8, shape);

        Assert.False(plain.CouplesSamples);
        Assert.True(Family.Generator(new PlayerRecipe { Width = 4 }, 8, shape).CouplesSamples);
        Assert.True(Family.Discriminator(new PlayerRecipe { Width = 4 }, shape, normalize: true).CouplesSamples);
        Assert.False(Family.Discriminator(new PlayerRecipe { Width = 4 }, shape, normalize: false).CouplesSamples);
    }

    [Theory]
    [InlineData(Player.Generator)]
    [InlineData(Player.Discriminator)]
    public void Gradient_OfWeights_AgreesWithFiniteDifferences(Player player)
    {
        using var scope = NewDisposeScope();
        var recipe = new PlayerRecipe { Width = 2, Depth = 1 };
        var shape = new SampleShape(2, 4, 4);
        var network = new Network(player == Player.Generator ? Family.Generator(recipe, 3, shape) : Family.Discriminator(recipe, shape, normalize: false));
        var x = Numbers.Normal(1, ScalarType.Float64, [3, .. network.Definition.Input]);
        var weights = Numbers.Normal(2, ScalarType.Float64, [3, .. network.Output]);

        FiniteDifferences.AssertGradient(
            theta => (Layers.Probe.Forward(network, theta, x) * weights).sum(),
            Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length) * 0.5,
            tolerance: 1e-5);
    }

    [Fact]
    public void Generator_OfPointsOrDepthThatDoesNotFit_IsRefused()
    {
        Assert.Equal(
            "Network residual makes square images, but the data are 2: use network mlp.",
            Assert.Throws<DistGanException>(static () => Family.Generator(new PlayerRecipe(), 5, SampleShape.Point(2))).Message);
        Assert.StartsWith(
            "Network residual with depth 3 cannot make images of size 28: ",
            Assert.Throws<DistGanException>(static () => Family.Discriminator(new PlayerRecipe { Depth = 3 }, new SampleShape(1, 28, 28), normalize: false)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Output channels of the blocks.</summary>
    private static IEnumerable<long> Outputs(NetworkDefinition definition)
        => definition.Layers.OfType<ResidualBlock>().Select(static block => block.Main.OfType<Convolution>().Last().Channels);
}
