using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Networks;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

public sealed class InfoGanConvolutionalTests
{
    private static readonly InfoGanConvolutional Family = new();

    [Fact]
    public void Generator_Of28PixelsAndWidth64_IsThatOfThePaper()
    {
        var network = new Network(Family.Generator(new PlayerRecipe(), 62, new SampleShape(1, 28, 28)));

        Assert.Equal(
            ["0.weight [1024, 62]", "1.scale [1024]", "1.shift [1024]", "3.weight [6272, 1024]", "4.scale [6272]", "4.shift [6272]", "7.weight [128, 64, 4, 4]", "8.scale [64]", "8.shift [64]", "10.weight [64, 1, 4, 4]", "10.bias [1]"],
            Names(network));
    }

    [Fact]
    public void Discriminator_Of28PixelsAndWidth64_IsThatOfThePaper()
    {
        var network = new Network(Family.Discriminator(new PlayerRecipe(), new SampleShape(1, 28, 28), normalize: true));

        Assert.Equal(
            ["0.weight [64, 1, 4, 4]", "0.bias [64]", "2.weight [128, 64, 4, 4]", "3.scale [128]", "3.shift [128]", "6.weight [1024, 6272]", "7.scale [1024]", "7.shift [1024]", "9.weight [1, 1024]", "9.bias [1]"],
            Names(network));
    }

    [Theory]
    [InlineData(12, 12)]
    [InlineData(40, 40)]
    [InlineData(8, 16)]
    public void Players_OfMultiplesOfFour_MakeAndScoreImages(int height, int width)
    {
        var shape = new SampleShape(3, height, width);

        Assert.Equal([3, height, width], new Network(Family.Generator(new PlayerRecipe { Width = 2 }, 5, shape)).Output);
        Assert.Equal([1], new Network(Family.Discriminator(new PlayerRecipe { Width = 2 }, shape, normalize: true)).Output);
    }

    [Theory]
    [InlineData(30, 28)]
    [InlineData(28, 30)]
    [InlineData(0, 0)]
    public void Players_OfOtherSizes_AreRefused(int height, int width)
        => Assert.Contains(
            "multiples of 4",
            Assert.Throws<DistGanException>(() => Family.Generator(new PlayerRecipe(), 5, new SampleShape(2, height, width))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(Player.Generator)]
    [InlineData(Player.Discriminator)]
    public void Gradient_OfWeights_AgreesWithFiniteDifferences(Player player)
    {
        using var scope = NewDisposeScope();
        var (recipe, shape) = (new PlayerRecipe { Width = 1 }, new SampleShape(1, 4, 4));
        var network = new Network(player == Player.Generator ? Family.Generator(recipe, 2, shape) : Family.Discriminator(recipe, shape, normalize: true));
        var x = Numbers.Normal(1, ScalarType.Float64, [4, .. network.Definition.Input]);
        var weights = Numbers.Normal(2, ScalarType.Float64, [4, .. network.Output]);

        FiniteDifferences.AssertGradient(
            theta => (Layers.Probe.Forward(network, theta, x) * weights).sum(),
            Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length),
            tolerance: 1e-5);
    }

    private static IEnumerable<string> Names(Network network)
        => network.Parameters.Entries.Select(static entry => $"{entry.Name} [{string.Join(", ", entry.Shape)}]");
}
