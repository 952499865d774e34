using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Keys;

public sealed class RecipeNumbersTests
{
    private static readonly Recipe Tuned = new()
    {
        Objective = new WassersteinGradientPenaltyRecipe { Penalty = 4 },
        Techniques = new() { R1 = new() { Gamma = 0.5 }, ExperienceReplay = new() },
    };

    [Fact]
    public void Tunable_OfARecipe_AreRealNumbersOfPartsThatAreOn()
    {
        var keys = RecipeNumbers.Tunable(Tuned);

        Assert.All(new[] { "generator.optimizer.rate", "discriminator.optimizer.beta2", "objective.penalty", "techniques.r1.gamma" }, key => Assert.Contains(key, keys));
        Assert.All(new[] { "techniques.r2.gamma", "batch", "generator.width", "budget.minutes", "topology.share", "techniques.experience-replay.share", "generator.network" }, key => Assert.DoesNotContain(key, keys));
        Assert.All(keys, key => Assert.NotNull(RecipeNumbers.Read(Tuned, key)));
    }

    [Fact]
    public void Read_AKey_IsItsNumberOrNothing()
    {
        Assert.Equal((4, 0.5), (RecipeNumbers.Read(Tuned, "objective.penalty"), RecipeNumbers.Read(Tuned, "techniques.r1.gamma")));
        Assert.All(new[] { "objective", "objective.none", "techniques.r2.gamma", "generator.width", "", "a.b" }, static key => Assert.Null(RecipeNumbers.Read(Tuned, key)));
    }

    [Theory]
    [InlineData("generator.optimizer.beta1", 0.7, 0.7)]
    [InlineData("generator.optimizer.beta1", 1.5, 0.25)]
    [InlineData("generator.optimizer.beta1", -1, 0)]
    [InlineData("generator.optimizer.rate", 0, 0.25)]
    [InlineData("generator.optimizer.rate", double.NaN, 0.25)]
    public void Clip_ToTheBounds_KeepsWhatWasWhereTheBoundIsRefused(string key, double value, double expected)
        => Assert.Equal(expected, RecipeNumbers.Clip(Tuned, key, value, otherwise: 0.25));

    [Fact]
    public void Clip_NoNumber_IsRefused() => Assert.Throws<ArgumentException>(static () => RecipeNumbers.Clip(Tuned, "batch", 1, 1));
}
