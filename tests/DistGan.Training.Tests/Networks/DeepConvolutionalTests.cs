using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;

namespace DistGan.Training.Tests.Networks;

public sealed class DeepConvolutionalTests
{
    private static readonly DeepConvolutional Family = new();

    [Fact]
    public void Generator_Of28Pixels_DoublesTwiceFromSeven()
    {
        var network = new Network(Family.Generator(new PlayerRecipe { Width = 8 }, 5, new SampleShape(1, 28, 28)));

        Assert.Equal(
            ["0.weight [784, 5]", "2.scale [16]", "2.shift [16]", "4.weight [16, 8, 4, 4]", "5.scale [8]", "5.shift [8]", "7.weight [8, 1, 4, 4]", "7.bias [1]"],
            Names(network));
    }

    [Fact]
    public void Discriminator_Of32Pixels_HalvesThreeTimesAndNormalisesAllButTheFirst()
    {
        var network = new Network(Family.Discriminator(new PlayerRecipe { Width = 8 }, new SampleShape(3, 32, 32), normalize: true));

        Assert.Equal(
            ["0.weight [8, 3, 4, 4]", "0.bias [8]", "2.weight [16, 8, 4, 4]", "3.scale [16]", "3.shift [16]", "5.weight [32, 16, 4, 4]", "6.scale [32]", "6.shift [32]", "9.weight [1, 512]", "9.bias [1]"],
            Names(network));
    }

    [Theory]
    [InlineData(28, 7, 2)]
    [InlineData(32, 4, 3)]
    [InlineData(64, 4, 4)]
    [InlineData(128, 4, 5)]
    public void Generator_DepthAuto_DoublesFromTheSmallestMap(int size, int smallest, int doublings)
    {
        var layers = Family.Generator(new PlayerRecipe { Width = 4 }, 8, new SampleShape(1, size, size)).Layers;

        Assert.Equal([4L << (doublings - 1), smallest, smallest], Assert.IsType<Reshape>(layers[1]).Shape);
        Assert.Equal(doublings, layers.OfType<TransposedConvolution>().Count());
    }

    [Fact]
    public void Generator_Of64PixelsAndWidth128_HasTheParametersOfThePaper()
    {
        var network = new Network(Family.Generator(new PlayerRecipe { Width = 128 }, 100, new SampleShape(3, 64, 64)));

        // Project to 4×4×1024, then 512, 256, 128 and 3 channels; scale and shift after all but the last.
        const long Kernels = 16 * (1024 * 512 + 512 * 256 + 256 * 128 + 128 * 3);
        Assert.Equal(100 * 4 * 4 * 1024 + Kernels + 2 * (1024 + 512 + 256 + 128) + 3, network.Parameters.Length);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(64)]
    public void Generator_DepthThatTheSizeCannotHave_IsRefused(int depth)
    {
        var error = Assert.Throws<DistGanException>(() => Family.Generator(new PlayerRecipe { Depth = depth }, 5, new SampleShape(1, 28, 28)));

        Assert.StartsWith($"Network dcgan with depth {depth} cannot make images of size 28: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Discriminator_OfPointsOrOblongImages_IsRefused()
    {
        Assert.Equal(
            "Network dcgan makes square images, but the data are 2: use network mlp.",
            Assert.Throws<DistGanException>(static () => Family.Discriminator(new PlayerRecipe(), SampleShape.Point(2), normalize: false)).Message);
        Assert.Contains(
            "1×28×32",
            Assert.Throws<DistGanException>(static () => Family.Generator(new PlayerRecipe(), 5, new SampleShape(1, 28, 32))).Message,
            StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(Network network)
        => network.Parameters.Entries.Select(static entry => $"{entry.Name} [{string.Join(", ", entry.Shape)}]");
}
