using DistGan.Client.Studies.Planning;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Studies.Planning;

public sealed class GridPlannerTests
{
    [Fact]
    public void Plan_TwoKeys_GivesEveryCombinationWithAName()
    {
        var configurations = GridPlanner.Plan([
            new() { Key = "generator.optimizer.rate", Values = ["1e-4", "2e-4"] },
            new() { Key = "objective", Values = ["hinge", "wgan-gp"] },
        ]);

        Assert.Equal(["rate-1e-4-objective-hinge", "rate-1e-4-objective-wgan-gp", "rate-2e-4-objective-hinge", "rate-2e-4-objective-wgan-gp"], configurations.Select(static one => one.Name));
        Assert.Equal(["generator.optimizer.rate=1e-4", "objective=wgan-gp"], configurations[1].Overrides);
    }

    [Fact]
    public void Names_KeysThatEndAlike_AreToldApart()
    {
        var names = ConfigurationNames.Of([[("generator.width", "8"), ("discriminator.width", "16")], [("generator.width", "512"), ("discriminator.width", "512")]]);

        Assert.Equal(["generator-width-8-discriminator-width-16", "g-width-512-d-width-512"], names);
    }

    [Fact]
    public void Names_ThatWouldBeTheSame_GetNumbersAndStayJobNames()
    {
        var names = ConfigurationNames.Of([[("rate", "0.5")], [("rate", "-0.5")], [("rate", new string('9', 80))], [("rate", new string('9', 90))]]);

        Assert.Equal(["rate-0-5", "rate-0-5-2"], names.Take(2));
        Assert.Equal(4, names.Distinct().Count());
        Assert.All(names, static name => Assert.Empty(RecipeValidator.Validate(new Recipe { Name = ConfigurationNames.OfRun(name, long.MaxValue) })));
    }

    [Fact]
    public void BaselineOf_AGrid_IsTheRecipeItselfOrTheFirst()
    {
        var recipe = new Recipe { Batch = 32 };
        var twice = ("twice", recipe with { Batch = 64 });

        Assert.Equal("same", GridPlanner.BaselineOf(recipe, [twice, ("same", recipe with { })]));
        Assert.Equal("twice", GridPlanner.BaselineOf(recipe, [twice, ("more", recipe with { Batch = 128 })]));
    }

    [Fact]
    public void Make_SeveralBadConfigurations_TellsEveryErrorOnce()
    {
        var errors = new List<RecipeError>();
        var configurations = GridPlanner.Plan([
            new() { Key = "batch", Values = ["0", "64"] },
            new() { Key = "objektive", Values = ["hinge", "minimax"] },
        ]);

        var made = PlannedRecipes.Make(new Recipe(), configurations, errors);

        Assert.Empty(made);
        Assert.Equal(["batch", "objektive"], errors.Select(static error => error.Key).Distinct().Order());
        Assert.Contains("(in batch-0-objektive-hinge, batch-0-objektive-minimax)", errors.Single(static error => error.Key == "batch").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Order_OfAPlan_GoesSeedBySeed()
    {
        var plan = Plans.Of("first", Plans.Configuration("first", 1, 2), Plans.Configuration("second", 1, 2, 3));

        Assert.Equal(["first-s1", "second-s1", "first-s2", "second-s2", "second-s3"], plan.Order().Select(static run => run.Name));
    }
}
