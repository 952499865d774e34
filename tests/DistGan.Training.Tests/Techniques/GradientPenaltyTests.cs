using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Objectives;
using DistGan.Training.Tests.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class GradientPenaltyTests
{
    [Theory]
    [InlineData("r1", MetricNames.R1Penalty)]
    [InlineData("r2", MetricNames.R2Penalty)]
    public void AddToLoss_HandComputed_IsHalfGammaTimesTheMeanOfSquaredNorms(string name, string metric)
    {
        using var scope = NewDisposeScope();
        using var meter = new RoundMeter(CPU);
        using var technique = Technique(name, new() { Gamma = 3 });

        // Squared norms over all of C·H·W: 9 + 16 and 0 + 1 + 4 + 4.
        var critic = new FixedCritic(Numbers.Of([2, 2, 2, 1], 3, 0, 4, 0, 0, 1, 2, -2));
        var x = zeros(2, 2, 2, 1, ScalarType.Float64);

        Numbers.AssertEqual([0.5 * 3 * (25 + 9) / 2], technique.AddToLoss(Turns.Of(x, x, x, x, critic, meter: meter))!);
        Assert.Equal(25.5, meter.Drain()[metric], 1e-12);
    }

    [Fact]
    public void AddToLoss_OfEach_LooksAtItsOwnSamples()
    {
        using var scope = NewDisposeScope();
        var (real, fresh, replayed) = (full(2, 3, 1f), full(2, 3, 2f), full(2, 3, 3f));
        var turn = Turns.Of(zeros(2, 1), zeros(4, 1), real, cat([fresh, replayed]));
        foreach (var (name, expected) in new[] { ("r1", real), ("r2", fresh) })
        {
            using var technique = Technique(name, new());
            var critic = new FixedCritic(ones(2, 3));

            technique.AddToLoss(turn with { Critic = critic, FreshSamples = fresh });

            Numbers.AssertSameBytes(expected, critic.Asked!);
        }
    }

    [Fact]
    public void AddToLoss_EverySoManySteps_IsSoManyTimesAsHeavyAndReportedAsItIs()
    {
        using var scope = NewDisposeScope();
        using var meter = new RoundMeter(CPU);
        using var technique = Technique("r1", new() { Gamma = 2, Every = 4 });
        var x = zeros(1, 2, ScalarType.Float64);
        var turn = Turns.Of(x, x, x, x, new FixedCritic(Numbers.Of([1, 2], 1, 2)), meter: meter);

        var terms = Enumerable.Range(1, 9).Select(step => technique.AddToLoss(turn with { Step = step })?.item<double>()).ToArray();

        Assert.Equal([20, null, null, null, 20, null, null, null, 20], terms);
        Assert.Equal(5, meter.Drain()[MetricNames.R1Penalty]);
    }

    [Theory]
    [InlineData("r1")]
    [InlineData("r2")]
    public void GradientOfWeights_OfThePenalty_AgreesWithFiniteDifferences(string name)
    {
        using var scope = NewDisposeScope();
        using var technique = Technique(name, new() { Gamma = 2, Every = 3 });
        using var model = Turns.Discriminator(new("d", [2, 2, 1], [new Reshape(), new Dense(5), new Activation(ActivationKind.Tanh, InPlace: true), new Dense(1)]));
        var (real, fake) = (Numbers.Normal(1, ScalarType.Float64, 6, 2, 2, 1), Numbers.Normal(2, ScalarType.Float64, 4, 2, 2, 1));
        Tensor Loss() => technique.AddToLoss(Turns.Of(zeros(6, 1), zeros(4, 1), real, fake, new DiscriminatorCritic(model)))!;

        model.Parameters.ClearGradient();
        Loss().backward();
        var gradient = model.Parameters.Gradient.clone();
        var expected = FiniteDifferences.Of(
            () =>
            {
                using var inner = NewDisposeScope();
                return Loss().item<double>();
            },
            model.Parameters.Values);

        FiniteDifferences.AssertClose(expected, gradient, 1e-6);
    }

    [Fact]
    public void AddToLoss_DiscriminatorWithoutSlope_HasAFiniteGradient()
    {
        using var scope = NewDisposeScope();
        using var technique = Technique("r1", new());
        using var model = Turns.Discriminator(new("d", [3], [new Dense(4), new Activation(ActivationKind.LeakyRelu), new Dense(1)]), ScalarType.Float32);
        model.Parameters.Values.zero_();
        model.Parameters.ClearGradient();
        var x = Numbers.Normal(1, ScalarType.Float32, 4, 3);

        technique.AddToLoss(Turns.Of(zeros(4, 1), zeros(4, 1), x, x, new DiscriminatorCritic(model)))!.backward();

        Assert.Equal(0, model.Parameters.Gradient.abs().max().item<float>());
    }

    [Fact]
    public void Advance_LazyPenalty_IsReportedInRoundsThatHaveOne()
    {
        var links = new MemoryLinks(TinyRecipes.Shape);
        var recipe = TinyRecipes.Of() with { Precision = "bfloat16", Techniques = new() { R1 = new() { Every = 6 }, R2 = new() { Every = 2 } } };
        using var replica = TinyRecipes.Create(recipe, links.Links);

        TinyRecipes.Advance(replica, 6);

        Assert.False(replica.Discriminator.Network.Definition.CouplesSamples);
        Assert.InRange(links.Reported[0].Values[MetricNames.R1Penalty], 1e-9, 1e3);
        Assert.DoesNotContain(MetricNames.R1Penalty, links.Reported[1].Values.Keys);
        Assert.InRange(links.Reported[1].Values[MetricNames.R2Penalty], 1e-9, 1e3);
    }

    private static Technique Technique(string name, GradientPenaltyRecipe recipe)
        => Assert.Single(TechniqueCatalog.Create(name == "r1" ? new() { R1 = recipe } : new() { R2 = recipe }));
}
