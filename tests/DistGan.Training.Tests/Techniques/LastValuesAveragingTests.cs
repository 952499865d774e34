using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Steps;
using DistGan.Training.Techniques;
using DistGan.Training.Tests.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Techniques;

public sealed class LastValuesAveragingTests
{
    private const double Weight = 0.3;

    [Fact]
    public void AddToGradient_AfterEachStep_PullsTowardsTheMeanOfTheLastThreeByHand()
    {
        using var scope = NewDisposeScope();
        using var on = Make(last: 3);
        var pulls = new List<double>();
        foreach (var value in new[] { 1.0, 5, 9, 4, 8 })
        {
            Step(on, value, pulls.Count + 1);
            pulls.Add(Pull(on.Technique, on.Context.Generator));
        }

        // θ̄ = 1, (1+5)/2, (1+5+9)/3, (5+9+4)/3, (9+4+8)/3, and the pull is 2w·(θ − θ̄).
        Assert.Equal([0, 0.6 * (5 - 3), 0.6 * (9 - 5), 0.6 * (4 - 6), 0.6 * (8 - 7)], pulls, static (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [InlineData(Player.Generator)]
    [InlineData(Player.Discriminator)]
    public void AddToGradient_EitherPlayer_AgreesWithFiniteDifferencesOfTheTerm(Player player)
    {
        using var scope = NewDisposeScope();
        using var on = Make(last: 2);
        var kept = new[] { Values(on, 3), Values(on, 4), Values(on, 5) };
        for (var i = 0; i < kept.Length; i++)
        {
            foreach (var each in new[] { Player.Generator, Player.Discriminator })
            {
                on.Context.Model(each).Parameters.Values.copy_(kept[i][each]);
            }

            on.Technique.AfterStep(i + 1);
        }

        var model = on.Context.Model(player);
        model.Parameters.Values.copy_(Values(on, 6)[player]);
        model.Parameters.Gradient.fill_(0.25);

        on.Technique.AddToGradient(model);

        var theta = model.Parameters.Values.to_type(ScalarType.Float64);
        var mean = (kept[1][player] + kept[2][player]).to_type(ScalarType.Float64) / 2;
        var expected = FiniteDifferences.Of(() => Weight * (theta - mean).Squared().sum().item<double>(), theta);
        FiniteDifferences.AssertClose(expected, model.Parameters.Gradient - 0.25, 1e-5);
    }

    [Fact]
    public void GradientAhead_WithValues_IsWhatAddToGradientGivesAndMovesWithTheParameters()
    {
        using var scope = NewDisposeScope();
        using var on = Make(last: 2);
        Step(on, 2, 1);
        var model = on.Context.Discriminator;
        model.Parameters.Values.copy_(Values(on, 3)[Player.Discriminator]);
        model.Parameters.Gradient.fill_(0.25);
        var theta = model.Parameters.Values.clone().requires_grad_(true);

        var ahead = on.Technique.GradientAhead(model, theta, model.Parameters.Gradient.clone());

        on.Technique.AddToGradient(model);
        Numbers.AssertNear(model.Parameters.Gradient, ahead, 1e-6);
        Numbers.AssertNear(full_like(theta, 2 * Weight), DistGan.Training.Vectors.Gradients.Of(ahead.sum(), theta, createGraph: false), 1e-6);
    }

    [Fact]
    public void AfterStep_BetweenTheStepsThatCount_KeepsNothing()
    {
        using var scope = NewDisposeScope();
        using var on = Make(last: 2, every: 3);
        Step(on, 7, 1);
        Step(on, 7, 2);
        on.Context.Generator.Parameters.Values.fill_(1);
        Assert.Equal(0, Pull(on.Technique, on.Context.Generator));

        Step(on, 2, 3);
        Step(on, 7, 4);

        Assert.Equal(0.6 * (7 - 2), Pull(on.Technique, on.Context.Generator), 1e-5);
    }

    [Fact]
    public void AtBoundary_AnyRound_LeavesTheParameterSourceAlone()
    {
        using var scope = NewDisposeScope();
        using var on = Make(last: 2);
        Step(on, 1, 1);
        on.Technique.AtBoundary(1, 1);

        Assert.Empty(on.Shared.Contributions);
        Assert.Empty(on.Report(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Restore_AfterSoManySteps_GoesOnWithTheSameBytes(int steps)
    {
        using var scope = NewDisposeScope();
        using var on = Make(last: 3);
        using var other = Make(last: 3);
        Random(on, 1, steps);
        Random(other, 50, 4);
        var state = new StateBuilder();
        on.Technique.Capture(state);

        other.Technique.Restore(new StateView(state.Build(steps, 0)));

        on.Context.Discriminator.Parameters.Values.copy_(Values(on, 99)[Player.Discriminator]);
        other.Context.Discriminator.Parameters.Values.copy_(on.Context.Discriminator.Parameters.Values);
        Assert.Equal(Gradient(on), Gradient(other));
        for (var more = 0; more < 5; more++)
        {
            Random(on, 100 + more, 1);
            Random(other, 100 + more, 1);
            Assert.Equal(Gradient(on), Gradient(other));
        }
    }

    [Fact]
    public void Restore_StateOfAnotherWindow_IsRefusedWithBothSizes()
    {
        using var scope = NewDisposeScope();
        using var on = Make(last: 3);
        using var other = Make(last: 2);
        Random(on, 1, 3);
        var state = new StateBuilder();
        on.Technique.Capture(state);

        var error = Assert.Throws<DistGanException>(() => other.Technique.Restore(new StateView(state.Build(3, 0))));

        Assert.Contains("keeps 3×", error.Message, StringComparison.Ordinal);
        Assert.Contains("this recipe 2×", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("non-saturating")]
    [InlineData("vae")]
    public void Advance_AnyObjective_KeepsAValueAfterEverySecondStep(string objective)
    {
        var recipe = (TinyRecipes.Of("mlp") with { Techniques = new() { HistoricalAveraging = Last(last: 3, every: 2) } }).With(objective);
        using var replica = TinyRecipes.Create(recipe, new MemoryLinks(TinyRecipes.Shape).Links);

        TinyRecipes.Advance(replica, 5);

        var state = replica.Capture();
        Assert.Equal(2, state.Counters["historical_taken"]!.GetValue<long>());
        Assert.Equal([2, replica.Generator.Parameters.Values.numel()], state.Files["historical-averaging"].Single(static array => array.Name == "generator").Shape);
    }

    private static HistoricalAveragingRecipe Last(int last, int every = 1) => new() { Kind = "last", Weight = Weight, Last = last, EverySteps = every };

    private static Attached<LastValuesAveraging> Make(int last, int every = 1) => new(new LastValuesAveraging(Last(last, every)));

    private static void Step(Attached<LastValuesAveraging> on, double value, long step)
    {
        on.Context.Generator.Parameters.Values.fill_(value);
        on.Context.Discriminator.Parameters.Values.fill_(value);
        on.Technique.AfterStep(step);
    }

    private static void Random(Attached<LastValuesAveraging> on, long seed, int steps)
    {
        for (var step = 1; step <= steps; step++)
        {
            var values = Values(on, seed + step);
            on.Context.Generator.Parameters.Values.copy_(values[Player.Generator]);
            on.Context.Discriminator.Parameters.Values.copy_(values[Player.Discriminator]);
            on.Technique.AfterStep(step);
        }
    }

    private static Dictionary<Player, Tensor> Values(Attached<LastValuesAveraging> on, long seed) => Enum.GetValues<Player>().ToDictionary(
        static player => player, player => Numbers.Normal(seed, ScalarType.Float32, on.Context.Model(player).Parameters.Values.numel()));

    private static double Pull(LastValuesAveraging technique, PlayerModel model)
    {
        model.Parameters.Gradient.zero_();
        technique.AddToGradient(model);
        Assert.Equal(model.Parameters.Gradient.min().item<float>(), model.Parameters.Gradient.max().item<float>());
        return model.Parameters.Gradient[0].item<float>();
    }

    private static float[] Gradient(Attached<LastValuesAveraging> on)
    {
        var model = on.Context.Discriminator;
        model.Parameters.Gradient.zero_();
        on.Technique.AddToGradient(model);
        return model.Parameters.Gradient.data<float>().ToArray();
    }
}
