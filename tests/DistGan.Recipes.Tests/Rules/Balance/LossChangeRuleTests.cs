namespace DistGan.Recipes.Tests.Rules.Balance;

public sealed class LossChangeRuleTests
{
    private static readonly LossChangeBalanceRecipe Recipe = new() { Discriminator = 3, Generator = 2, StarveSteps = 100, Hysteresis = 0.1 };

    [Theory]
    [InlineData(2, 3, 4, 5, 1, 3, 0, 2)] // r_D = 1/2 > r_G = 1/4
    [InlineData(2, 2.2, 4, 6, 1, 0, 2, 0.2)] // r_D = 1/10 < r_G = 1/2
    [InlineData(-2, -3, -4, -5, 1, 3, 0, 2)] // the sign of a loss does not matter
    [InlineData(2, 3, 4, 5, 3, 0, 2, 2)] // r_D = 1/2 < 3 * 1/4
    [InlineData(2, 2, 4, 4, 1, 0, 2, double.NaN)] // nothing moves: G
    public void Observe_TwoLossesOfEach_GivesTheTurnToTheFasterOne(double d1, double d2, double g1, double g2, double lambda, int ofD, int ofG, double signal)
    {
        var rule = new LossChangeRule(Recipe with { Lambda = lambda });

        rule.Observe(Losses(d1, g1));
        Assert.Equal(new BalanceTurn(3, 2), rule.Next());
        rule.Observe(Losses(d2, g2));

        Assert.Equal(new BalanceTurn(ofD, ofG), rule.Next());
        Assert.Equal(signal, rule.Signal, 1e-12);
        Assert.Equal(lambda, rule.Target);
    }

    [Fact]
    public void Observe_ComparisonInsideTheHysteresis_KeepsTheTurn()
    {
        var rule = new LossChangeRule(Recipe);
        rule.Observe(Losses(1, 1));
        rule.Observe(Losses(2, 1.5)); // r_D = 1, r_G = 0.5

        rule.Observe(Losses(3, null)); // r_D = 0.5: equal
        Assert.Equal(new BalanceTurn(3, 0), rule.Next());
        rule.Observe(Losses(3 * 1.46, null)); // 0.46 > 0.9 * 0.5
        Assert.Equal(new BalanceTurn(3, 0), rule.Next());
        rule.Observe(Losses(3 * 1.46 * 1.44, null)); // 0.44 < 0.45
        Assert.Equal(new BalanceTurn(0, 2), rule.Next());
        rule.Observe(Losses(null, 1.5 * 1.41)); // r_G = 0.41: 0.44 < 1.1 * 0.41
        Assert.Equal(new BalanceTurn(0, 2), rule.Next());
        rule.Observe(Losses(null, 1.5 * 1.41 * 1.39)); // 0.44 > 1.1 * 0.39
        Assert.Equal(new BalanceTurn(3, 0), rule.Next());
    }

    [Fact]
    public void Next_PlayerLeftOutForTooLong_GetsItsUpdatesBesideTheOther()
    {
        var rule = new LossChangeRule(Recipe with { StarveSteps = 2 });
        rule.Observe(Losses(1, 1));
        rule.Observe(Losses(2, 1));

        Assert.Equal([new(3, 0), new(3, 0), new(3, 2), new(3, 0), new(3, 0), new(3, 2)], Enumerable.Range(0, 6).Select(_ => rule.Next()));
    }

    [Fact]
    public void Observe_LossOfZero_StaysComparable()
    {
        var rule = new LossChangeRule(Recipe);
        rule.Observe(Losses(0, 1));
        rule.Observe(Losses(1e-3, 2));

        Assert.Equal(new BalanceTurn(3, 0), rule.Next());
        Assert.Equal(1e9, rule.Signal, 1);
    }

    private static BalanceReading Losses(double? d, double? g) => new() { DiscriminatorLoss = d, GeneratorLoss = g };
}
