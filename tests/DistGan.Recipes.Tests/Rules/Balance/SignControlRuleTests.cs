namespace DistGan.Recipes.Tests.Rules.Balance;

public sealed class SignControlRuleTests
{
    private static readonly SignControlBalanceRecipe Recipe = new() { MostDiscriminator = 3, MostGenerator = 2, Target = 0.5, Hysteresis = 0.125 };

    [Fact]
    public void Observe_SignsBesideTheTarget_MoveTheRatioOneUpdateAtATimeWithinItsBounds()
    {
        var rule = new SignControlRule(Recipe);
        (double Accuracy, int D, int G)[] course =
        [
            (0.5, 2, 1), (0.5, 3, 1), (0.5, 3, 1), (0.5, 3, 1), // r = 0: D is weak
            (0.75, 3, 1), (0.8125, 3, 1), (0.6875, 3, 1), // r = 0.5, 0.625, 0.375: within the hysteresis
            (1, 2, 1), (1, 1, 1), (1, 1, 2), (1, 1, 2), // r = 1: D is sure
            (0.5, 1, 1), (0.5, 2, 1),
        ];

        foreach (var (accuracy, d, g) in course)
        {
            rule.Observe(new BalanceReading { RealAccuracy = accuracy });
            Assert.Equal(new BalanceTurn(d, g), rule.Next());
            Assert.Equal((2 * accuracy) - 1, rule.Signal);
        }
    }

    [Fact]
    public void Rates_MovedInsteadOfUpdates_DivideThatOfThePlayerThatIsAheadAndRaiseNone()
    {
        var rule = new SignControlRule(Recipe with { Moves = SignControlBalanceRecipe.OfRates });
        (double Accuracy, double D, double G)[] course = [(0.5, 1, 1 / 2.0), (0.5, 1, 1 / 3.0), (0.5, 1, 1 / 3.0), (0.75, 1, 1 / 3.0), (1, 1, 1 / 2.0), (1, 1, 1), (1, 1 / 2.0, 1), (1, 1 / 2.0, 1)];

        Assert.Equal(BalanceRates.Whole, rule.Rates);
        foreach (var (accuracy, d, g) in course)
        {
            rule.Observe(new BalanceReading { RealAccuracy = accuracy });
            Assert.Equal(new BalanceRates(d, g), rule.Rates);
            Assert.Equal((new BalanceTurn(1, 1), new BalanceTurn(1, 1)), (rule.Next(), rule.Whole));
        }
    }

    [Fact]
    public void Rates_MovedUpdates_StayWhole()
    {
        var rule = new SignControlRule(Recipe);
        rule.Observe(new BalanceReading { RealAccuracy = 1 });

        Assert.Equal(BalanceRates.Whole, rule.Rates);
    }

    [Fact]
    public void Observe_AtABoundForLong_LeavesItAtTheFirstReadingOfTheOtherSide()
    {
        var rule = new SignControlRule(Recipe);
        for (var i = 0; i < 1000; i++)
        {
            rule.Observe(new BalanceReading { RealAccuracy = 0 });
        }

        rule.Observe(new BalanceReading { RealAccuracy = 1 });

        Assert.Equal(new BalanceTurn(2, 1), rule.Next());
    }
}
