using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Rules;

public sealed class EveryRuleTests
{
    [Theory]
    [InlineData(0, false, false)] // nothing is made yet
    [InlineData(0, true, false)]
    [InlineData(199, false, false)]
    [InlineData(200, false, true)]
    [InlineData(400, false, true)]
    [InlineData(401, false, false)]
    [InlineData(401, true, true)]
    public void IsDue_EveryNthAndTheLast(long step, bool isLast, bool expected) => Assert.Equal(expected, new EveryRule(200).IsDue(step, isLast));

    [Theory]
    [InlineData(0, 200)]
    [InlineData(199, 200)]
    [InlineData(200, 400)]
    public void NextAfter_Step_IsTheNextMultiple(long step, long expected) => Assert.Equal(expected, new EveryRule(200).NextAfter(step));
}
