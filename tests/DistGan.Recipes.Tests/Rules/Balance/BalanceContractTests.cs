using CsCheck;

namespace DistGan.Recipes.Tests.Rules.Balance;

/// <summary>What every balance keeps to, whatever it reads.</summary>
public sealed class BalanceContractTests
{
    private static readonly double[] Extremes = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, 1, double.MaxValue, -double.MaxValue, double.Epsilon];

    private static readonly Gen<double?> Value = Gen.OneOf(
        Gen.Const((double?)null),
        Gen.Double[0, 1].Select(static value => (double?)value),
        Gen.Double.Select(static value => (double?)value),
        Gen.Int[0, Extremes.Length - 1].Select(static i => (double?)Extremes[i]));

    private static readonly Gen<BalanceReading> Reading = Gen.Select(Value, Value, Value, Value,
        static (d, g, real, fake) => new BalanceReading { DiscriminatorLoss = d, GeneratorLoss = g, RealAccuracy = real, FakeAccuracy = fake });

    public static TheoryData<string> Kinds => [.. RecipeKinds.Balances.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Next_AnyReadings_KeepsToItsBounds(string kind)
        => Gen.Select(Reading.Array[1, 60], Gen.Int[1, 5], Gen.Int[1, 5], Gen.Int[0, 4]).Sample((readings, mostD, mostG, starve) =>
        {
            var rule = Of(kind, mostD, mostG, starve);
            var (d, g) = (0, 0);
            foreach (var reading in readings)
            {
                var turn = rule.Next();
                (d, g) = (turn.Discriminator > 0 ? 0 : d + 1, turn.Generator > 0 ? 0 : g + 1);
                Assert.InRange(turn.Discriminator, 0, mostD);
                Assert.InRange(turn.Generator, 0, mostG);
                Assert.True(turn.Discriminator + turn.Generator > 0, "Both players are left out.");
                Assert.InRange(Math.Max(d, g), 0, starve);
                rule.Observe(reading);
            }
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Restore_AtAnyStep_GoesOnAlike(string kind)
        => Gen.Select(Reading.Array[1, 30], Reading.Array[1, 30]).Sample((before, after) =>
        {
            var (rule, restored) = (Of(kind, 3, 2, 3), Of(kind, 3, 2, 3));
            _ = Play(rule, before);

            restored.Restore([.. rule.Capture()]);

            Assert.Equal(Play(rule, after), Play(restored, after));
            Assert.Equal(rule.Capture(), restored.Capture());
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Next_BoundsMovedBetweenSteps_KeepsToTheNewOnes(string kind)
        => Gen.Select(Reading.Array[1, 30], Reading.Array[1, 30]).Sample((before, after) =>
        {
            var rule = Of(kind, 5, 5, 4);
            _ = Play(rule, before);

            rule.Bounds = new BalanceBounds(2, 1, 1);

            Assert.All(Play(rule, after), static turn => Assert.True(turn is { Discriminator: >= 0 and <= 2, Generator: 0 or 1 }));
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Next_BeforeAnyReading_UpdatesBoth(string kind)
        => Assert.All(Enumerable.Range(0, 20).Select(_ => Of(kind, 3, 2, 3).Next()), static turn => Assert.True(turn is { Discriminator: > 0, Generator: > 0 }));

    private static IBalanceRule Of(string kind, int mostD, int mostG, int starve)
    {
        BalanceRecipe recipe = RecipeKinds.Balances[kind]() switch
        {
            StaticBalanceRecipe part => part with { Discriminator = mostD, Generator = mostG },
            LossChangeBalanceRecipe part => part with { Discriminator = mostD, Generator = mostG, StarveSteps = starve },
            AccuracyGateBalanceRecipe part => part with { Discriminator = mostD, Generator = mostG, StarveSteps = starve },
            SignControlBalanceRecipe part => part with { MostDiscriminator = mostD, MostGenerator = mostG },
            var other => throw new InvalidOperationException($"The test does not know {other.Kind}."),
        };
        return recipe.CreateRule();
    }

    private static List<BalanceTurn> Play(IBalanceRule rule, BalanceReading[] readings)
    {
        List<BalanceTurn> turns = [];
        foreach (var reading in readings)
        {
            turns.Add(rule.Next());
            rule.Observe(reading);
        }

        return turns;
    }
}
