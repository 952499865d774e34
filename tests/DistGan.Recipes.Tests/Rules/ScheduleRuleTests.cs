using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Rules;

public sealed class ScheduleRuleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void ShareAt_Constant_IsOneWithoutALastStep(long step)
        => Assert.Equal(1, new ScheduleRule(new ConstantScheduleRecipe(), null).ShareAt(step));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 1)]
    [InlineData(51, 0.981)]
    [InlineData(75, 0.525)]
    [InlineData(99, 0.069)]
    [InlineData(100, 0.05)]
    [InlineData(101, 0.05)]
    [InlineData(1000, 0.05)]
    public void ShareAt_Linear_FallsFromStartToTheLastStep(long step, double expected)
        => Assert.Equal(expected, new ScheduleRule(new LinearScheduleRecipe { Start = 0.5, To = 0.05 }, 100).ShareAt(step), 1e-12);

    [Theory]
    [InlineData(1, 0.75)]
    [InlineData(4, 0)]
    public void ShareAt_LinearFromTheStart_CanReachZero(long step, double expected)
        => Assert.Equal(expected, new ScheduleRule(new LinearScheduleRecipe { Start = 0 }, 4).ShareAt(step), 1e-12);

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(9, 0.9)]
    [InlineData(10, 1)]
    [InlineData(40, 0.6)]
    [InlineData(30, 0.8)] // a third of the way, cos 60° = ½
    [InlineData(70, 0.2)]
    [InlineData(71, 0.2)]
    public void ShareAt_Cosine_RisesThenFallsInHalfAWave(long step, double expected)
        => Assert.Equal(expected, new ScheduleRule(new CosineScheduleRecipe { WarmUpSteps = 10, To = 0.2 }, 70).ShareAt(step), 1e-12);

    [Fact]
    public void ShareAt_EveryKindAndStep_IsBetweenZeroAndOne()
        => Assert.All(
            RecipeKinds.Schedules.Values,
            static make => Assert.All(Enumerable.Range(1, 12), step => Assert.InRange(new ScheduleRule(make(), 10).ShareAt(step), 0, 1)));

    [Theory]
    [InlineData(100L, null, 1, 100L)]
    [InlineData(null, 6400L, 1, 100L)]
    [InlineData(null, 6400L, 2, 50L)]
    [InlineData(80L, 6400L, 1, 80L)]
    [InlineData(null, null, 1, null)]
    public void LastStep_OfARecipe_CountsImagesInSteps(long? steps, long? images, int updates, long? expected)
        => Assert.Equal(expected, ScheduleRule.LastStep(new Recipe
        {
            Budget = new() { Steps = steps, Images = images, Minutes = 1 },
            Balance = new StaticBalanceRecipe { Discriminator = updates },
        }));

    [Fact]
    public void Of_Recipe_TakesThePlayersSchedule()
    {
        var recipe = new Recipe { Budget = new() { Steps = 10 }, Generator = new() { Optimizer = new SgdRecipe { Schedule = new LinearScheduleRecipe { Start = 0 } } } };

        Assert.Equal(0.5, ScheduleRule.Of(recipe.Generator.Optimizer, recipe).ShareAt(5));
        Assert.Equal(1, ScheduleRule.Of(recipe.Discriminator.Optimizer, recipe).ShareAt(5));
    }

    [Fact]
    public void ShareAt_LinearWithoutALastStep_IsRefused()
        => Assert.Throws<InvalidOperationException>(() => new ScheduleRule(new LinearScheduleRecipe(), null).ShareAt(1));
}
