using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class WassersteinGradientPenaltyTests
{
    private readonly WassersteinGradientPenalty _objective = new(new WassersteinGradientPenaltyRecipe { Penalty = 10 });

    public static TheoryData<string> Discriminators => ["mlp", "dcgan"];

    [Fact]
    public void DiscriminatorLoss_HandComputed_TakesTheNormOfEachSample()
    {
        using var scope = NewDisposeScope();
        using var meter = new RoundMeter(CPU);
        var real = Numbers.Of([2, 1, 1, 2], 1, 1, 1, 1);
        var fake = Numbers.Of([2, 1, 1, 2], 0, 0, 4, 4);

        // Norms 1 and 3: penalty 10·(0² + 2²)/2 = 20; one norm over the batch would give 10·(√10 − 1)².
        var critic = new FixedCritic(Numbers.Of([2, 1, 1, 2], 0.6, 0.8, 0, 3));
        var turn = Turns.Of(Numbers.Of([2, 1], 1, 2), Numbers.Of([2, 1], 5, 6), real, fake, critic, uniforms: Numbers.Of([2, 1, 1, 1], 0.25, 0.75), meter: meter);

        Numbers.AssertEqual([5.5 - 1.5 + 20], _objective.DiscriminatorLoss(turn), 1e-9);
        Numbers.AssertEqual([0.25, 0.25, 1.75, 1.75], critic.Asked!);
        Assert.Equal(20, meter.Drain()[MetricNames.GradientPenalty], 1e-9);
    }

    [Fact]
    public void DiscriminatorLoss_MoreFakesThanReals_InterpolatesWithTheFirst()
    {
        using var scope = NewDisposeScope();
        var critic = new FixedCritic(Numbers.Of([1, 2], 0.6, 0.8));
        var turn = Turns.Of(Numbers.Of([1, 1], 0), Numbers.Of([2, 1], 0, 6), Numbers.Of([1, 2], 1, 1), Numbers.Of([2, 2], 0, 0, 9, 9), critic, uniforms: Numbers.Of([1, 1], 0.5));

        Numbers.AssertEqual([3], _objective.DiscriminatorLoss(turn), 1e-9);
        Numbers.AssertEqual([0.5, 0.5], critic.Asked!);
    }

    [Fact]
    public void GeneratorLoss_HandComputed_IsMinusTheMeanScore()
    {
        using var scope = NewDisposeScope();
        var scores = Numbers.Of([2, 1], 3, -1);

        Numbers.AssertEqual([-1], _objective.GeneratorLoss(new GeneratorTurn { FakeScores = scores, FakeSamples = scores }));
    }

    [Theory]
    [MemberData(nameof(Discriminators))]
    public void DiscriminatorLoss_GradientOfWeights_AgreesWithFiniteDifferences(string family)
    {
        using var scope = NewDisposeScope();
        var shape = new SampleShape(1, 8, 8);
        using var model = Turns.Discriminator(Definition(family, shape));
        var real = Numbers.Normal(1, ScalarType.Float64, shape.Batch(3));
        var fake = Numbers.Normal(2, ScalarType.Float64, shape.Batch(3));
        var uniforms = Numbers.Of([3, 1, 1, 1], 0.2, 0.5, 0.9);
        Tensor Loss() => _objective.DiscriminatorLoss(
            Turns.Of(model.Train(real), model.Train(fake), real, fake, new DiscriminatorCritic(model), uniforms: uniforms));

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

    [Theory]
    [MemberData(nameof(Discriminators))]
    public void DiscriminatorLoss_PenaltyAlone_ReachesTheWeights(string family)
    {
        using var scope = NewDisposeScope();
        var shape = new SampleShape(1, 8, 8);
        using var model = Turns.Discriminator(Definition(family, shape));
        var x = Numbers.Normal(1, ScalarType.Float64, shape.Batch(3));
        var scores = zeros(3, 1, ScalarType.Float64);

        _objective.DiscriminatorLoss(Turns.Of(scores, scores, x, x, new DiscriminatorCritic(model), uniforms: full([3, 1, 1, 1], 0.5, ScalarType.Float64))).backward();

        Assert.True(model.Parameters.Gradient.abs().max().item<double>() > 1e-3);
    }

    [Fact]
    public void Critic_InBfloat16_IsEvaluatedInTheMasterPrecision()
    {
        using var scope = NewDisposeScope();
        var shape = new SampleShape(1, 8, 8);
        using var half = Turns.Discriminator(Definition("dcgan", shape), ScalarType.Float32, ScalarType.BFloat16);
        using var single = Turns.Discriminator(Definition("dcgan", shape), ScalarType.Float32);
        var x = Numbers.Normal(1, ScalarType.Float32, shape.Batch(3));

        Numbers.AssertSameBytes(new DiscriminatorCritic(single).Gradient(x, null), new DiscriminatorCritic(half).Gradient(x, null));
    }

    private static NetworkDefinition Definition(string family, SampleShape shape)
        => NetworkCatalog.Families[family].Discriminator(
            new PlayerRecipe { Network = family, Width = 2, Depth = 2, Activation = "tanh" }, shape, normalize: false);
}
