using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Rules;

public sealed class BudgetRuleTests
{
    private static readonly BudgetRule All = new(new() { Steps = 100, Images = 1000, Minutes = 2 });

    [Theory]
    [InlineData(99, 999, 1.99, false)]
    [InlineData(100, 0, 0, true)]
    [InlineData(101, 0, 0, true)]
    [InlineData(0, 1000, 0, true)]
    [InlineData(0, 0, 2, true)]
    public void IsDone_AnyBoundReached_IsTrue(long step, long images, double minutes, bool expected)
        => Assert.Equal(expected, All.IsDone(step, images, minutes));

    [Fact]
    public void IsDone_BoundThatIsNotGiven_NeverEnds()
        => Assert.False(new BudgetRule(new() { Steps = 100 }).IsDone(99, long.MaxValue, double.MaxValue));

    [Theory]
    [InlineData(50, 100, 0.2, 0.5)]
    [InlineData(10, 900, 0.2, 0.9)]
    [InlineData(10, 100, 1.9, 0.95)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(200, 0, 0, 1)]
    public void Progress_LargestShare_IsTaken(long step, long images, double minutes, double expected)
        => Assert.Equal(expected, All.Progress(step, images, minutes), 12);

    [Theory]
    [InlineData(100L, null, 64, 100L)]
    [InlineData(null, 1000L, 64, 16L)] // 15 steps show 960 images
    [InlineData(null, 1024L, 64, 16L)]
    [InlineData(null, 1L, 64, 1L)]
    [InlineData(10L, 1000L, 64, 10L)]
    [InlineData(20L, 1000L, 64, 16L)]
    [InlineData(null, null, 64, null)]
    public void LastStep_StepsAndImages_IsTheFirstBound(long? steps, long? images, long imagesPerStep, long? expected)
        => Assert.Equal(expected, new BudgetRule(new() { Steps = steps, Images = images, Minutes = 1 }).LastStep(imagesPerStep));

    [Fact]
    public void LastStep_NoImagesInAStep_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => All.LastStep(0));
}
