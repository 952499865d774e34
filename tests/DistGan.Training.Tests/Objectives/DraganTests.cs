using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Objectives;

public sealed class DraganTests
{
    private readonly Dragan _objective = new(new DraganRecipe { Penalty = 10 });

    [Fact]
    public void DiscriminatorLoss_HandComputed_TakesTheNormOfEachSampleAroundReals()
    {
        using var scope = NewDisposeScope();
        using var meter = new RoundMeter(CPU);

        // Mean 0, variance (1 + 1 + 9 + 9)/(4 − 1), so δ = ½·√(20/3)·u.
        var real = Numbers.Of([2, 1, 1, 2], 1, -1, 3, -3);
        var step = 0.5 * Math.Sqrt(20.0 / 3);

        // Norms 1 and 3: penalty 10·(0² + 2²)/2 = 20; one norm over the batch would give 10·(√10 − 1)².
        var critic = new FixedCritic(Numbers.Of([2, 1, 1, 2], 0.6, 0.8, 0, 3));
        var turn = Turns.Of(Numbers.Of([2, 1], 0, 0), Numbers.Of([2, 1], 0, 0), real, real, critic, uniforms: Numbers.Of([2, 1, 1, 2], 0, 0.5, 1, 0.25), meter: meter);

        Numbers.AssertEqual([2 * Math.Log(2) + 20], _objective.DiscriminatorLoss(turn), 1e-9);
        Numbers.AssertEqual([1, -1 + 0.5 * step, 3 + step, -3 + 0.25 * step], critic.Asked!, 1e-9);
        Assert.Equal(20, meter.Drain()[MetricNames.GradientPenalty], 1e-9);
    }

    [Fact]
    public void DiscriminatorLoss_PenaltyAlone_ReachesTheWeights()
    {
        using var scope = NewDisposeScope();
        using var model = Turns.Discriminator(new("probe", [4], [new Dense(3), new Activation(ActivationKind.Tanh), new Dense(1)]));
        var x = Numbers.Normal(1, ScalarType.Float64, 3, 4);
        var scores = zeros(3, 1, ScalarType.Float64);

        _objective.DiscriminatorLoss(Turns.Of(scores, scores, x, x, new DiscriminatorCritic(model), uniforms: Numbers.Normal(2, ScalarType.Float64, 3, 4).sigmoid())).backward();

        Assert.True(model.Parameters.Gradient.abs().max().item<double>() > 1e-3);
    }
}
