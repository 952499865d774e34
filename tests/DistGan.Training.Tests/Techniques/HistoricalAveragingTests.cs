using System.Buffers;
using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Links;
using DistGan.Training.Techniques;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class HistoricalAveragingTests
{
    private const double Weight = 0.3;

    [Fact]
    public void AddToGradient_WithAnAverage_AgreesWithFiniteDifferencesOfTheTerm()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        Play(on, value: 2, updates: 3, boundary: 1);
        Play(on, value: 5, updates: 1, boundary: 2);
        var model = on.Context.Discriminator;
        model.Parameters.Values.copy_(Numbers.Normal(5, ScalarType.Float32, model.Parameters.Values.numel()));
        model.Parameters.Gradient.fill_(0.25);

        on.Technique.AddToGradient(model);

        // What boundary 1 knew: three updates at 2.
        var theta = model.Parameters.Values.to_type(ScalarType.Float64);
        var expected = FiniteDifferences.Of(() => Weight * (theta - Scalars.Of(2)).Squared().sum().item<double>(), theta);
        FiniteDifferences.AssertClose(expected, model.Parameters.Gradient - 0.25, 1e-5);
    }

    [Fact]
    public void GradientAhead_WithAnAverage_IsWhatAddToGradientGivesAndMovesWithTheParameters()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        Play(on, value: 2, updates: 3, boundary: 1);
        Play(on, value: 5, updates: 1, boundary: 2);
        var model = on.Context.Discriminator;
        model.Parameters.Gradient.fill_(0.25);
        var theta = model.Parameters.Values.clone().requires_grad_(true);

        var ahead = on.Technique.GradientAhead(model, theta, model.Parameters.Gradient.clone());

        on.Technique.AddToGradient(model);
        Numbers.AssertNear(model.Parameters.Gradient, ahead, 1e-6);
        Numbers.AssertNear(full_like(theta, 2 * Weight), DistGan.Training.Vectors.Gradients.Of(ahead.sum(), theta, createGraph: false), 1e-6);
    }

    [Fact]
    public void AddToGradient_BeforeThereIsAnAverage_AddsNothing()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        Play(on, value: 2, updates: 3, boundary: 1);

        on.Technique.AddToGradient(on.Context.Generator);

        Assert.Equal(0, on.Context.Generator.Parameters.Gradient.abs().max().item<float>());
    }

    [Fact]
    public void AtBoundary_EachRound_ContributesSumAndCountOfThatRoundAlone()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        Play(on, value: 2, updates: 3, boundary: 1);
        Play(on, value: 5, updates: 2, boundary: 2);

        var ofGenerator = on.Shared.Contributions.Where(static given => given.Player == Player.Generator).ToList();
        Assert.Equal([(1L, 3L), (2L, 2L)], ofGenerator.Select(static given => (given.Boundary, given.Count)));
        Assert.All(ofGenerator[0].Sum, static value => Assert.Equal(6f, value));
        Assert.All(ofGenerator[1].Sum, static value => Assert.Equal(10f, value));
        Assert.Equal(on.Context.Generator.Parameters.Values.numel(), ofGenerator[0].Sum.Length);
        Assert.Equal(2, on.Shared.Contributions.Count(static given => given.Player == Player.Discriminator));
    }

    [Fact]
    public void AtBoundary_SourceKnowsMoreThanTheReplica_UsesTheAverageOfTheSource()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        Play(on, value: 2, updates: 3, boundary: 1);
        var length = (int)on.Context.Generator.Parameters.Values.numel();
        var another = ArrayPool<float>.Shared.Rent(length);
        another.AsSpan(0, length).Fill(30);
        on.Shared.Contribute(new ParameterContribution(Player.Generator, 1, 3, another, length));
        Play(on, value: 2, updates: 3, boundary: 2);

        on.Technique.AddToGradient(on.Context.Generator);

        // θ̄ = (3·2 + 30)/6 = 6.
        Numbers.AssertEqual([.. Enumerable.Repeat(2 * Weight * (2 - 6), length)], on.Context.Generator.Parameters.Gradient, 1e-5);
    }

    [Fact]
    public void Report_SourceStops_StalenessGrowsAndTheLastAverageStays()
    {
        using var scope = NewDisposeScope();
        using var on = Make();
        Play(on, 2, 3, boundary: 1);
        Assert.Equal(3, on.Report(3)[MetricNames.ParametersStalenessSteps]);
        Play(on, 2, 3, boundary: 2);
        Assert.Equal(3, on.Report(6)[MetricNames.ParametersStalenessSteps]);
        on.Shared.IsStopped = true;
        Play(on, 4, 3, boundary: 3);
        Assert.Equal(6, on.Report(9)[MetricNames.ParametersStalenessSteps]);
        Play(on, 4, 3, boundary: 4);
        Assert.Equal(9, on.Report(12)[MetricNames.ParametersStalenessSteps]);

        on.Technique.AddToGradient(on.Context.Generator);

        Assert.Equal(2 * Weight * (4 - 2), on.Context.Generator.Parameters.Gradient[0].item<float>(), 1e-5);
    }

    private static Attached<HistoricalAveraging> Make() => new(new HistoricalAveraging(new HistoricalAveragingRecipe { Weight = Weight }));

    private static void Play(Attached<HistoricalAveraging> on, double value, int updates, long boundary)
    {
        foreach (var model in new[] { on.Context.Generator, on.Context.Discriminator })
        {
            model.Parameters.Values.fill_(value);
            for (var i = 0; i < updates; i++)
            {
                on.Technique.AfterUpdate(model);
            }
        }

        on.Technique.AtBoundary(boundary, boundary * 3);
    }
}
