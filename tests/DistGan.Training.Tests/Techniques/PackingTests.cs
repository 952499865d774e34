using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Objectives;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class PackingTests
{
    private static readonly TechniquesRecipe Two = new() { Packing = new() };

    [Fact]
    public void Present_Points_JoinsNeighbours()
    {
        using var scope = NewDisposeScope();
        using var packing = new Packing(new PackingRecipe());

        var packed = packing.Present(Numbers.Of([4, 2], 1, 2, 3, 4, 5, 6, 7, 8), default);

        Assert.Equal([2, 4], packed.shape);
        Numbers.AssertEqual([1, 2, 3, 4, 5, 6, 7, 8], packed);
    }

    [Fact]
    public void Present_Images_JoinsChannels()
    {
        using var scope = NewDisposeScope();
        using var packing = new Packing(new PackingRecipe { Samples = 3 });
        var images = Numbers.Normal(1, ScalarType.Float64, 6, 2, 4, 5);

        var packed = packing.Present(images, default);

        Assert.Equal([2, 6, 4, 5], packed.shape);
        Numbers.AssertSameBytes(cat([images[3], images[4], images[5]], 0), packed[1]);
    }

    [Fact]
    public void Present_NoWholePacks_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var packing = new Packing(new PackingRecipe { Samples = 3 });

        var error = Assert.Throws<DistGanException>(() => packing.Present(zeros(4, 2), default));

        Assert.StartsWith("4 samples are no whole packs of 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mlp", 2, 0)]
    [InlineData("mlp", 1, 28)]
    [InlineData("dcgan", 3, 32)]
    [InlineData("infogan", 1, 28)]
    [InlineData("residual", 1, 28)]
    public void Rewrite_OfAnyNetwork_WidensTheInputOfDAlone(string network, int channels, int size)
    {
        var shape = size == 0 ? SampleShape.Point(channels) : new SampleShape(channels, size, size);
        var recipe = TinyRecipes.Of(network) with { Discriminator = new PlayerRecipe { Network = network, Width = 4 }, Generator = new PlayerRecipe { Network = network, Width = 4 }, Techniques = Two };
        var techniques = TechniqueCatalog.Create(recipe.Techniques);

        var plain = ReplicaFactory.Define(Player.Discriminator, recipe, shape, []);
        var packed = ReplicaFactory.Define(Player.Discriminator, recipe, shape, techniques);

        Assert.Equal([2L * channels, .. plain.Input.Skip(1)], packed.Input);
        Assert.True(packed.CouplesSamples);
        Assert.Equal([1L], new Network(packed).Output);
        Assert.Equal(ReplicaFactory.Define(Player.Generator, recipe, shape, []).Input, ReplicaFactory.Define(Player.Generator, recipe, shape, techniques).Input);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 28)]
    public void Rewrite_OfAnAutoencoder_ReconstructsWholePacks(int channels, int size)
    {
        using var scope = NewDisposeScope();
        var shape = size == 0 ? SampleShape.Point(channels) : new SampleShape(channels, size, size);
        var recipe = new Recipe { Objective = new EnergyBasedRecipe(), Discriminator = new() { Network = "autoencoder", Width = 4, Activation = "tanh" }, Techniques = Two };
        using var packing = new Packing(new PackingRecipe());
        var network = new Network(ReplicaFactory.Define(Player.Discriminator, recipe, shape, [packing]));
        using var buffers = new BufferVector(network.Buffers, zeros(network.Buffers.Length, ScalarType.Float64));
        var theta = Numbers.Normal(1, ScalarType.Float64, network.Parameters.Length) * 0.1;
        var packs = packing.Present(Numbers.Normal(2, ScalarType.Float64, shape.Batch(6)), default);

        // The energy of a pack is the mean over its samples: what the layers alone reconstruct tells it.
        var layers = new Network(network.Definition with { Energy = null });
        var energies = Layers.Probe.Forward(network, theta, packs, Statistics.Batch, buffers);

        Assert.Equal([3, 1], energies.shape);
        Assert.Equal([.. packs.shape[1..]], layers.Output);
        Numbers.AssertNear((Layers.Probe.Forward(layers, theta, packs, Statistics.Batch, buffers) - packs).Squared().flatten(1).mean([1], keepdim: true), energies, 1e-12);
        if (size == 0)
        {
            FiniteDifferences.AssertGradient(at => Layers.Probe.Forward(network, at, packs, Statistics.Batch, buffers).sum(), theta);
        }
    }

    [Fact]
    public void Advance_WithReplay_ShowsPacksOfOneKindInEveryUpdate()
    {
        var links = new MemoryLinks(TinyRecipes.Shape);
        var recipe = TinyRecipes.Of("mlp", replay: "parallel") with { Techniques = Two with { ExperienceReplay = new() } };
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 9);

        // Eight fresh images in a batch of eight leave as images, not as packs; what comes back is drawn in groups.
        Assert.All(links.Offers, static offer => Assert.All(offer.Groups, static group => Assert.Equal(8, group.Count)));
        Assert.All(links.Offers, static offer => Assert.True(offer.Request.Grouped));
        Assert.Contains(MetricNames.ReplayedAccuracy, links.Reported[2].Values.Keys);
    }

    [Theory]
    [InlineData("wgan-gp", "dcgan")]
    [InlineData("dragan", "mlp")]
    [InlineData("least-squares", "mlp")]
    [InlineData("relativistic", "dcgan")]
    public void Advance_AnyObjective_TrainsBothPlayers(string objective, string network)
    {
        var recipe = TinyRecipes.Of(network) with { Objective = RecipeKinds.Objectives[objective](), Techniques = Two with { FeatureMatching = new() { Replace = false } } };
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 3);

        Assert.InRange(links.Reported[0].Values[MetricNames.DiscriminatorGradientNorm], 1e-6, 1e4);
        Assert.InRange(links.Reported[0].Values[MetricNames.GeneratorGradientNorm], 1e-6, 1e4);
    }

    [Fact]
    public void DiscriminatorLoss_PackedPenalty_IsTakenOverTheWholePackAndAgreesWithFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        using var packing = new Packing(new PackingRecipe());
        using var discriminator = Turns.Discriminator(new("d", [4], [new Dense(3), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(1)]));
        var real = packing.Present(Numbers.Normal(1, ScalarType.Float64, 6, 2), default);
        var fake = packing.Present(Numbers.Normal(2, ScalarType.Float64, 6, 2), default);
        var uniforms = Numbers.Of([3, 1], 0.2, 0.5, 0.9);
        var values = discriminator.Parameters.Values;

        Tensor Loss() => new WassersteinGradientPenalty(new WassersteinGradientPenaltyRecipe()).DiscriminatorLoss(
            Turns.Of(discriminator.Train(real), discriminator.Train(fake), real, fake, new DiscriminatorCritic(discriminator), uniforms: uniforms));
        Loss().backward();
        var expected = FiniteDifferences.Of(
            () =>
            {
                using var inner = NewDisposeScope();
                return Loss().item<double>();
            },
            values);

        FiniteDifferences.AssertClose(expected, discriminator.Parameters.Gradient, 1e-5);
    }

    [Fact]
    public void Present_InTheGraph_CarriesTheGradientToEachSample()
    {
        using var scope = NewDisposeScope();
        using var packing = new Packing(new PackingRecipe());
        var weights = Numbers.Normal(3, ScalarType.Float64, 2, 6);

        FiniteDifferences.AssertGradient(x => (packing.Present(x, default).Squared() * weights).sum(), Numbers.Normal(1, ScalarType.Float64, 4, 3));
    }
}
