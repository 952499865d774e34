using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Rules.Balance;

public sealed class JobBalanceTests
{
    private static readonly SignControlBalanceRecipe Recipe = new() { Target = 0.6, Hysteresis = 0.1 };

    [Fact]
    public void Hear_AllReplicas_DecidesByTheMeanOfTheirNewest()
    {
        var balance = new JobBalance(new SignControlRule(Recipe));

        Assert.False(balance.Hear(0, Real(1), [0, 1]));
        Assert.True(balance.Hear(1, Real(0.9), [0, 1]));

        // r_t = 2·0.95 − 1 is above 0.7: D is ahead, G gets an update more.
        Assert.Equal(0.9, balance.Evidence.Signal, 12);
        Assert.Equal((new BalanceTurn(1, 2), 2), (balance.Turn, balance.Voices));
    }

    [Fact]
    public void Hear_OneIsTenTimesAsFast_HasNoMoreWeight()
    {
        var fast = new JobBalance(new SignControlRule(Recipe));
        for (var round = 0; round < 2; round++)
        {
            Assert.False(fast.Hear(0, Real(1), [0, 1]));
        }

        Assert.True(fast.Hear(1, Real(0.45), [0, 1]));

        // (1 + 0.45) / 2, not (1 + 1 + 0.45) / 3: D is behind.
        Assert.Equal(0.45, fast.Evidence.Signal, 12);
        Assert.Equal(new BalanceTurn(2, 1), fast.Turn);
    }

    [Fact]
    public void Hear_OneIsSilent_IsNotWaitedForLongerThanThreeRounds()
    {
        var balance = new JobBalance(new SignControlRule(Recipe));

        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(_ => balance.Hear(0, Real(1), [0, 1])));
        Assert.Equal(1, balance.Voices);
    }

    [Fact]
    public void Hear_OneHasEnded_DoesNotCountAnyMore()
    {
        var balance = new JobBalance(new SignControlRule(Recipe));
        Assert.False(balance.Hear(1, Real(0), [0, 1]));

        Assert.True(balance.Hear(0, Real(1), [0]));

        Assert.Equal((1.0, 1), (balance.Evidence.Signal, balance.Voices));
    }

    [Fact]
    public void Follow_RuleOfAReplica_TakesTheDecisionAndKeepsItsOwnCount()
    {
        var recipe = new AccuracyGateBalanceRecipe { StarveSteps = 4 };
        var balance = new JobBalance(new AccuracyGateRule(recipe));
        var own = new AccuracyGateRule(recipe);
        var turns = new List<BalanceTurn>();
        for (var round = 0; round < 3; round++)
        {
            Assert.True(balance.Hear(0, new() { RealAccuracy = 1, FakeAccuracy = 1 }, [0]));
            own.Follow(balance.State);
            turns.AddRange([own.Next(), own.Next()]);
        }

        // D is too strong and left out, but for no more than four steps in a row, across decisions.
        Assert.Equal([0, 0, 0, 0, 1, 0], turns.Select(static turn => turn.Discriminator));
        Assert.All(turns, static turn => Assert.Equal(1, turn.Generator));
    }

    [Fact]
    public void Follow_LossChange_TakesTheTurnOfTheJob()
    {
        var recipe = new LossChangeBalanceRecipe();
        var balance = new JobBalance(new LossChangeRule(recipe));
        var own = new LossChangeRule(recipe);
        foreach (var loss in (double[])[1, 2])
        {
            Assert.True(balance.Hear(0, new() { DiscriminatorLoss = loss, GeneratorLoss = 1 }, [0]));
        }

        own.Follow(balance.State);

        Assert.Equal((new BalanceTurn(1, 0), balance.Turn), (own.Next(), balance.Turn));
    }

    private static BalanceReading Real(double accuracy) => new() { RealAccuracy = accuracy };
}
