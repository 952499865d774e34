namespace DistGan.Recipes.Tests.Rules;

public sealed class ChampionRuleTests
{
    [Theory]
    [InlineData(200, 0.041, true)]
    [InlineData(200, 0.04, false)]
    [InlineData(199, 0.9, false)]
    [InlineData(200, 0.0, false)]
    [InlineData(200, double.NaN, false)]
    public void Replaces_NoChampionYet_TakesWhatIsSeenOftenEnoughAndSurelyAbove0(int samples, double quality, bool expected)
        => Assert.Equal(expected, ChampionRule.Replaces(new ModeQuality(samples, quality, 0.02), null));

    [Theory]
    [InlineData(0.599, false)]
    [InlineData(0.6, false)]
    [InlineData(0.601, true)]
    [InlineData(0.4, false)]
    public void Replaces_StandardErrorsOf3And4Percent_NeedsTwiceTheir5(double quality, bool expected)
        => Assert.Equal(expected, ChampionRule.Replaces(new ModeQuality(300, quality, 0.03), new ModeQuality(300, 0.5, 0.04)));

    [Fact]
    public void OfShare_HandCounted_HasAnErrorAtBothEnds()
    {
        // p̃ = 1/4 of 2 + 2: √(1/4·3/4/4).
        Assert.Equal(new ModeQuality(2, 0, Math.Sqrt(3.0 / 64)), ModeQuality.OfShare(0, 2));
        Assert.Equal(new ModeQuality(2, 1, Math.Sqrt(3.0 / 64)), ModeQuality.OfShare(2, 2));
        Assert.Equal(new ModeQuality(2, 0.5, 0.25), ModeQuality.OfShare(1, 2));
        Assert.Equal(ModeQuality.None, ModeQuality.OfShare(0, 0));
    }

    [Fact]
    public void Replaces_TheSameGeneratorMeasuredAgain_IsHardlyEverBetter()
    {
        // 2,000 pairs of measurements of one generator: the rule lets noise through once in 44 times, that is 45 of them.
        var random = new SeedSequence(5, 0).RandomFor("noise");
        ModeQuality Measure() => ModeQuality.OfShare(Enumerable.Range(0, 300).Count(_ => random.NextDouble() < 0.7), 300);

        Assert.InRange(Enumerable.Range(0, 2000).Count(_ => ChampionRule.Replaces(Measure(), Measure())), 0, 80);
    }
}
