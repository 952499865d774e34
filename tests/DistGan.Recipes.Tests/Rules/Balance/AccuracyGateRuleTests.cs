namespace DistGan.Recipes.Tests.Rules.Balance;

public sealed class AccuracyGateRuleTests
{
    private static readonly AccuracyGateBalanceRecipe Recipe = new()
    {
        Discriminator = 2,
        Generator = 3,
        GeneratorThreshold = 0.5,
        DiscriminatorThreshold = 0.875,
        Hysteresis = 0.0625,
        StarveSteps = 100,
    };

    [Fact]
    public void Observe_AccuracyRisesAndFalls_ClosesAtTheThresholdsAndReopensInsideThem()
    {
        var rule = new AccuracyGateRule(Recipe);
        (double Accuracy, int D, int G)[] course =
        [
            (0.75, 2, 3), (0.8125, 2, 3), (0.875, 0, 3), (0.84375, 0, 3), (0.8125, 0, 3), (0.796875, 2, 3), (0.859375, 2, 3),
            (0.5625, 2, 3), (0.515625, 2, 3), (0.5, 2, 0), (0.5625, 2, 0), (0.578125, 2, 3), (0.0, 2, 0), (1.0, 0, 3),
        ];

        foreach (var (accuracy, d, g) in course)
        {
            rule.Observe(Accuracies(accuracy, accuracy));
            Assert.Equal(new BalanceTurn(d, g), rule.Next());
            Assert.Equal(Math.Clamp(accuracy, 0.5, 0.875), rule.Target);
        }
    }

    [Fact]
    public void Observe_DIsLeftOut_GoesByTheGeneratedSamplesAlone()
    {
        var rule = new AccuracyGateRule(Recipe);
        rule.Observe(Accuracies(1, 1));
        Assert.Equal(0, rule.Next().Discriminator);

        rule.Observe(Accuracies(null, 0.5));

        Assert.Equal(0.75, rule.Signal);
        Assert.Equal(new BalanceTurn(2, 3), rule.Next());
    }

    [Fact]
    public void Next_AccuracyStaysPerfect_StillUpdatesDNowAndThen()
    {
        var rule = new AccuracyGateRule(Recipe with { StarveSteps = 3 });
        rule.Observe(Accuracies(1, 1));

        Assert.Equal([0, 0, 0, 2, 0, 0, 0, 2], Enumerable.Range(0, 8).Select(_ => rule.Next().Discriminator));
    }

    private static BalanceReading Accuracies(double? real, double? fake) => new() { RealAccuracy = real, FakeAccuracy = fake };
}
