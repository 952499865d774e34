using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Champions;

public sealed class ChampionChallengeTests
{
    private static readonly GaussianModes Two = new([(0, 0), (10, 0)], 1);

    [Fact]
    public void Hold_NoChampions_WinsTheModesThatItMakesWithTheSecondMeasurement()
    {
        var times = new List<int>();
        var won = Hold([], time =>
        {
            times.Add(time);
            return Cloud(10, 300 + 10 * time);
        });

        Assert.Equal([0, 1], times);
        Assert.Equal([1], won.Keys);
        Assert.Equal(310, won[1].Samples);
    }

    [Fact]
    public void Hold_LuckyAtFirst_LosesOnFreshLatents()
    {
        var champion = new Dictionary<int, ModeQuality> { [1] = new(1000, 0.6, 0.02) };

        Assert.Equal([1], Hold(champion, static _ => Cloud(10, 400)).Keys);
        Assert.Empty(Hold(champion, static time => time == 0 ? Cloud(10, 400) : Cloud(10, 400, spread: 0.55f)));
    }

    [Fact]
    public void Hold_NotBetterAtFirst_IsNotMeasuredAgain()
    {
        var times = 0;
        var won = Hold(new() { [1] = new(1000, 0.99, 0.02) }, _ =>
        {
            times++;
            return Cloud(10, 400);
        });

        Assert.Empty(won);
        Assert.Equal(1, times);
    }

    private static IReadOnlyDictionary<int, ModeQuality> Hold(Dictionary<int, ModeQuality> champions, Func<int, Tensor> draw)
    {
        using var modes = new PointModes(Two);
        return ChampionChallenge.Hold(modes, champions, draw);
    }

    /// <summary>Points on two circles around (x, 0), whose standard deviation is that of a Gaussian cut off at 3σ where the spread is 1.</summary>
    private static Tensor Cloud(double x, int count, float spread = 1)
        => tensor(Enumerable.Range(0, count).SelectMany(i =>
        {
            var radius = spread * (i % 2 == 0 ? 0.5 : 1.85);
            var (sin, cos) = Math.SinCos(i * 2.4);
            return new[] { (float)(x + radius * cos), (float)(radius * sin) };
        }).ToArray(), [count, 2]);
}
