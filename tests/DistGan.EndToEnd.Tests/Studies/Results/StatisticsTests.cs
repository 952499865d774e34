using DistGan.Client.Studies.Results;

namespace DistGan.EndToEnd.Tests.Studies.Results;

public sealed class StatisticsTests
{
    [Fact]
    public void Moments_OfFourValues_AreThoseOfTheHandbook()
    {
        // Mean (2 + 4 + 4 + 6) / 4 = 4; squares 4 + 0 + 0 + 4 = 8; √(8 / 3).
        var moments = Moments.Of([2, 4, 4, 6]);

        Assert.Equal(4, moments.Count);
        Assert.Equal(4.0, moments.Mean!.Value, 12);
        Assert.Equal(1.632993161855452, moments.Deviation!.Value, 12);
    }

    [Fact]
    public void Moments_OfOneOrNoValue_HaveNoDeviation()
    {
        Assert.Equal(new Moments(1, 3, null), Moments.Of([3]));
        Assert.Equal(new Moments(0, null, null), Moments.Of([]));
    }

    [Fact]
    public void Effect_OfPairs_CancelsWhatASeedDoesToBoth()
    {
        // Differences 1, 2, 3 whatever the level of each seed: mean 2, s = 1, standard error 1 / √3.
        var effect = Effect.Of(
            new Dictionary<long, double> { [1] = 11, [2] = 102, [3] = 1003, [9] = 5 },
            new Dictionary<long, double> { [1] = 10, [2] = 100, [3] = 1000, [4] = 7 })!;

        Assert.Equal(3, effect.Pairs);
        Assert.Equal(2.0, effect.Difference, 12);
        Assert.Equal(0.5773502691896258, effect.StandardError!.Value, 12);
    }

    [Fact]
    public void Effect_WithoutPairs_IsNone()
    {
        Assert.Null(Effect.Of(new Dictionary<long, double> { [1] = 1 }, new Dictionary<long, double> { [2] = 1 }));
        Assert.Null(Effect.Of(new Dictionary<long, double> { [1] = 3 }, new Dictionary<long, double> { [1] = 1 })!.StandardError);
    }
}
