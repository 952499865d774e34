using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Steps.Balance;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Objectives;
using DistGan.Training.Tests.Steps;
using DistGan.Training.Vectors;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class MinibatchDiscriminatingTests
{
    [Theory]
    [InlineData("mlp")]
    [InlineData("dcgan")]
    [InlineData("residual")]
    [InlineData("infogan")]
    public void Rewrite_AnyDiscriminator_StandsBeforeTheLastDenseLayer(string network)
    {
        var recipe = TinyRecipes.Of(network) with { Techniques = new() { MinibatchDiscrimination = new(), SpectralNormalization = new() } };
        if (network == "residual")
        {
            recipe = recipe with { Discriminator = recipe.Discriminator with { Depth = 1 } };
        }

        var definition = ReplicaFactory.Define(Player.Discriminator, recipe, TinyRecipes.Shape, TechniqueCatalog.Create(recipe.Techniques));

        Assert.IsType<MinibatchDiscrimination>(definition.Layers[^2]);
        Assert.True(definition.CouplesSamples);
        Assert.Equal([1L], new Network(definition).Output);
        Assert.DoesNotContain(
            ReplicaFactory.Define(Player.Generator, recipe, TinyRecipes.Shape, TechniqueCatalog.Create(recipe.Techniques)).AllLayers,
            static layer => layer is MinibatchDiscrimination);
    }

    [Fact]
    public void Rewrite_WithoutADenseLayer_IsRefused()
    {
        using var technique = new MinibatchDiscriminating(new());

        var error = Assert.Throws<DistGanException>(() => technique.Rewrite(Player.Discriminator, new("discriminator", [4], [new Activation(ActivationKind.Tanh)])));

        Assert.Contains("before the last dense layer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FreshAndReplayed_AreComparedOnlyAmongThemselves()
    {
        using var scope = NewDisposeScope();
        var seen = new List<double[]>();
        using var attached = new Attached<LabelSmoothing>(new LabelSmoothing(new()));
        using var discriminator = Turns.Discriminator(new("discriminator", [1, 8, 8], [new Reshape(), new Spy(seen), new MinibatchDiscrimination(2, 2), new Dense(1)]), ScalarType.Float32);
        using var meter = new RoundMeter(CPU);
        var context = attached.Context with { Discriminator = discriminator };

        using var balance = new StepBalance(new StaticBalanceRule(new() { Generator = 1 }), CPU);
        new GanStep(context, new NonSaturating(), [new Replayed()], balance, meter).Run(1, () => new(ones(8, 1, 8, 8), null));

        // Real samples are 1, replayed ones 7, fresh ones in between: no batch holds two kinds. G's update shows fresh ones again.
        Assert.Equal(4, seen.Count);
        Assert.All(seen[0], static value => Assert.Equal(1, value));
        Assert.All(seen[1], static value => Assert.InRange(value, -0.9999, 0.9999));
        Assert.All(seen[2], static value => Assert.Equal(7, value));
        Assert.Equal((8 * 64, 8 * 64, 3 * 64, 8 * 64), (seen[0].Length, seen[1].Length, seen[2].Length, seen[3].Length));
    }

    [Fact]
    public void Advance_ManyDifferencesUnderAPenalty_TrainsBothPlayers()
    {
        // 8·8 pairs times B·C is where the library's distance begins: scores take it, the penalty must not.
        var layer = new MinibatchDiscrimination(1024, 256);
        Assert.True(8 * 8 * layer.Kernels * layer.Dimensions >= layer.ManyDifferences);
        var recipe = TinyRecipes.Of("mlp") with
        {
            Objective = new WassersteinGradientPenaltyRecipe(),
            Techniques = new() { MinibatchDiscrimination = new() { Kernels = 1024, Dimensions = 256 } },
            Topology = new TopologyRecipe { RoundSteps = 1 },
        };
        var links = new MemoryLinks(TinyRecipes.Shape);
        using var replica = TinyRecipes.Create(recipe, links.Links);

        replica.Advance();

        Assert.InRange(links.Reported[0].Values[MetricNames.DiscriminatorGradientNorm], 1e-6, 1e6);
        Assert.InRange(links.Reported[0].Values[MetricNames.GeneratorGradientNorm], 1e-6, 1e6);
    }

    private sealed class Replayed : Technique
    {
        public override string Name => "replayed";

        public override IReadOnlyList<FakeGroup> Show(IReadOnlyList<FakeGroup> fakes, long step, int update) => [.. fakes, new(full(3, 1, 8, 8, 7f), IsReplayed: true)];
    }

    private sealed record Spy(List<double[]> Seen) : ILayer
    {
        public BuiltLayer Build(LayoutBuilder layout, long[] input) => new(input, (_, x) =>
        {
            Seen.Add(Numbers.Doubles(x));
            return x;
        });
    }
}
