using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Tests.Layers;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

public sealed class AutoencoderTests
{
    private static readonly Autoencoder Family = new();
    private static readonly SampleShape Small = new(1, 8, 8);

    [Fact]
    public void Discriminator_Of28Pixels_HalvesTwiceIntoACodeAndMirrorsIt()
    {
        var network = new Network(Family.Discriminator(new PlayerRecipe { Width = 8 }, new SampleShape(1, 28, 28), normalize: false));

        Assert.Equal(
            ["0.weight [8, 1, 4, 4]", "0.bias [8]", "2.weight [16, 8, 4, 4]", "2.bias [16]", "5.weight [64, 784]", "5.bias [64]", "6.weight [784, 64]", "6.bias [784]", "9.weight [16, 8, 4, 4]", "9.bias [8]", "11.weight [8, 1, 4, 4]", "11.bias [1]"],
            Names(network));
        Assert.Equal([1], network.Output);
        Assert.Equal(6, network.Head);
    }

    [Fact]
    public void Discriminator_OfPoints_HasDenseHalvesAroundACodeOfOne()
    {
        var network = new Network(Family.Discriminator(new PlayerRecipe { Width = 8, Depth = 1 }, SampleShape.Point(2), normalize: false));

        Assert.Equal(["1.weight [8, 2]", "1.bias [8]", "3.weight [1, 8]", "3.bias [1]", "4.weight [8, 1]", "4.bias [8]", "6.weight [2, 8]", "6.bias [2]"], Names(network));
    }

    [Theory]
    [InlineData(8, 4)]
    [InlineData(28, 7)]
    [InlineData(48, 6)]
    [InlineData(128, 4)]
    public void Generator_OfMultiplesOfFour_DoublesFromTheSmallestMap(int size, int smallest)
        => Assert.Equal(smallest, Assert.IsType<Reshape>(Family.Generator(new PlayerRecipe { Width = 4 }, 5, new SampleShape(3, size, size)).Layers[1]).Shape[1]);

    [Theory]
    [InlineData(4, 4)]
    [InlineData(30, 30)]
    [InlineData(28, 32)]
    public void Players_OfOtherImages_AreDense(int height, int width)
    {
        var shape = new SampleShape(1, height, width);

        Assert.DoesNotContain(Family.Discriminator(new PlayerRecipe { Width = 4 }, shape, normalize: true).Layers, static layer => layer is Convolution or TransposedConvolution);
        Assert.Equal([1, height, width], new Network(Family.Generator(new PlayerRecipe { Width = 4 }, 5, shape)).Output);
    }

    [Theory]
    [InlineData(28, 28, null, 64)]
    [InlineData(4, 4, null, 8)]
    [InlineData(28, 28, 5, 5)]
    public void ForwardWithFeatures_OfImages_TapsTheCode(int height, int width, int? code, int expected)
    {
        using var scope = NewDisposeScope();
        using var model = Objectives.Turns.Discriminator(Family.Discriminator(new PlayerRecipe { Width = 4, Depth = 1, Code = code }, new SampleShape(1, height, width), normalize: false));

        var tapped = model.FreezeWithFeatures(Numbers.Normal(1, ScalarType.Float64, 3, 1, height, width), Statistics.Batch);

        Assert.Equal([3, expected], tapped.Features.shape);
        Assert.Equal([3, 1], tapped.Output.shape);
        Numbers.AssertSameBytes(model.Freeze(Numbers.Normal(1, ScalarType.Float64, 3, 1, height, width), Statistics.Batch), tapped.Output);
    }

    [Theory]
    [InlineData(false, 1, 0.75)]
    [InlineData(true, 1.25, 1.125)]
    public void Of_HandComputed_IsTheMeanErrorOfEachSample(bool squared, double first, double second)
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Of([2, 1, 1, 2], 1, -1, 0.5, 0);
        var reconstruction = Numbers.Of([2, 1, 1, 2], 0.5, 0.5, 0.5, 1.5);

        Numbers.AssertEqual([first, second], new ReconstructionEnergy(1, squared).Of(x, reconstruction));
    }

    [Fact]
    public void Forward_LayersThatGiveTheirInput_HaveNoEnergy()
    {
        using var scope = NewDisposeScope();
        var network = new Network(new("d", [3], [new Dense(3, Bias: false), new Dense(3, Bias: false)]) { Energy = new(1, IsSquared: true) });
        var weights = new[] { eye(3), eye(3) };
        var pass = new NetworkPass(new WeightViews(weights, weights), [], Statistics.Batch);

        Assert.Equal(0, network.Forward(pass, Numbers.Normal(1, ScalarType.Float32, 4, 3)).abs().max().item<float>());
    }

    [Theory]
    [InlineData("absolute", 2)]
    [InlineData("squared", 4)]
    public void Forward_HugeWeights_KeepsEnergiesOfImagesInBounds(string norm, float most)
    {
        using var scope = NewDisposeScope();
        using var model = Objectives.Turns.Discriminator(Family.Discriminator(new PlayerRecipe { Width = 4, Norm = norm }, Small, normalize: false), ScalarType.Float32);
        model.Parameters.Values.mul_(1e6);

        var energies = model.Freeze(Numbers.Normal(1, ScalarType.Float32, 5, 1, 8, 8).tanh(), Statistics.Batch);

        Assert.InRange(energies.min().item<float>(), 0.1f, most);
        Assert.InRange(energies.max().item<float>(), 0.1f, most);
    }

    [Theory]
    [InlineData(4, "absolute")]
    [InlineData(4, "squared")]
    [InlineData(8, "squared")]
    public void Gradient_OfEnergies_AgreesWithFiniteDifferences(int size, string norm)
    {
        using var scope = NewDisposeScope();
        var network = new Network(Family.Discriminator(new PlayerRecipe { Width = 2, Depth = 1, Code = 3, Norm = norm, Activation = "tanh" }, new SampleShape(1, size, size), normalize: false));
        var theta = Numbers.Normal(3, ScalarType.Float64, network.Parameters.Length) * 0.5;
        var x = Numbers.Normal(1, ScalarType.Float64, 3, 1, size, size);
        var weights = Numbers.Normal(2, ScalarType.Float64, 3, 1);

        FiniteDifferences.AssertGradient(at => (Probe.Forward(network, at, x) * weights).sum(), theta, tolerance: 1e-5);
        FiniteDifferences.AssertGradient(at => (Probe.Forward(network, theta, at) * weights).sum(), x, tolerance: 1e-5);
    }

    [Fact]
    public void Forward_InBfloat16_GivesEnergiesInFloat32()
    {
        using var scope = NewDisposeScope();
        var definition = Family.Discriminator(new PlayerRecipe { Width = 16 }, Small, normalize: false);
        using var half = Objectives.Turns.Discriminator(definition, ScalarType.Float32, ScalarType.BFloat16);
        using var single = Objectives.Turns.Discriminator(definition, ScalarType.Float32);
        var x = Numbers.Normal(1, ScalarType.Float32, 5, 1, 8, 8).tanh();

        var energies = half.Freeze(x, Statistics.Batch);

        Assert.Equal(ScalarType.Float32, energies.dtype);
        Numbers.AssertNear(single.Freeze(x, Statistics.Batch), energies, 0.05);
    }

    [Theory]
    [InlineData("auto", "ebgan", "squared")]
    [InlineData("auto", "began", "absolute")]
    [InlineData("squared", "began", "squared")]
    [InlineData("absolute", "ebgan", "absolute")]
    public void NormOfEnergies_AutoOrGiven_FollowsObjectiveAndRecipe(string norm, string objective, string expected)
    {
        var recipe = new Recipe { Discriminator = new() { Network = "autoencoder", Norm = norm }, Objective = RecipeKinds.Objectives[objective]() };

        Assert.Equal(expected, NetworkCatalog.NormOfEnergies(recipe));
        Assert.Equal(expected == "squared", Training.Steps.ReplicaFactory.Define(Player.Discriminator, recipe, new SampleShape(1, 28, 28), []).Energy!.IsSquared);
    }

    [Fact]
    public void Energy_OfLayersThatDoNotEndInTheirInput_IsRefused()
    {
        Assert.Contains(
            "compares its input [3] with its output [2]",
            Assert.Throws<DistGanException>(static () => new Network(new("d", [3], [new Dense(3), new Dense(2)]) { Energy = new(1, IsSquared: false) })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "enters layer 2, but it has 2",
            Assert.Throws<DistGanException>(static () => new Network(new("d", [3], [new Dense(3), new Dense(3)]) { Energy = new(2, IsSquared: false) })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Map_OfADefinition_KeepsItsEnergy()
    {
        var definition = Family.Discriminator(new PlayerRecipe { Width = 4 }, Small, normalize: false);

        Assert.Equal(definition.Energy, definition.Map(static layer => layer).Energy);
        Assert.NotNull(definition.Energy);
    }

    private static IEnumerable<string> Names(Network network)
        => network.Parameters.Entries.Select(static entry => $"{entry.Name} [{string.Join(", ", entry.Shape)}]");
}
