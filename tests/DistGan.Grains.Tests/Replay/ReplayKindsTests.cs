using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;

namespace DistGan.Grains.Tests.Replay;

/// <summary>Draws by whose an image is, where both kinds are stored and weigh differently.</summary>
public sealed class ReplayKindsTests
{
    /// <summary>By rejection, the one own image of age 99,999 would be drawn with a probability below 2⁻¹⁰⁰⁰ each time.</summary>
    [Theory]
    [InlineData(ReplaySelection.Uniform)]
    [InlineData(ReplaySelection.Recency)]
    [InlineData(ReplaySelection.Fifo)]
    public void Draw_OwnOnesAloneAndOnlyOneIsThere_TakesItAtOnce(ReplaySelection selection)
    {
        var ring = new ReplayRing(new ReplaySettings { ItemBytes = 1, BudgetBytes = 1 << 20, Selection = selection, HalfLife = 0.001 });
        ring.Push(Chunk((0, 7, 1)));
        ring.Push(Chunk((1, 8, 100_000)));

        var answer = Draw(ring, draws: 1000, weight: 0);

        Assert.Equal(1000, answer.Draws);
        Assert.All(answer.Steps, static step => Assert.Equal(7, step));
    }

    /// <summary>Uniform: P(i) = w_i/Σw for each image, after old groups have gone. 20 of each of three replicas are left; counts within 5 σ.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(3)]
    public void Draw_Uniform_TakesEachImageAsItsWeightSays(double weight)
    {
        var ring = new ReplayRing(new ReplaySettings { ItemBytes = 1, BudgetBytes = 60 });
        for (var step = 0; step < 100; step++)
        {
            ring.Push(Chunk(((step * 2) % 3, step, 1 + (step % 4))));
        }

        const int Draws = 200_000;
        var stored = ring.Capture().SelectMany(static group => Enumerable.Repeat((group.Replica, group.Step), group.Count)).CountBy(static image => image).ToDictionary();
        var sum = stored.Sum(image => image.Value * (image.Key.Replica == 1 ? 1 : weight));
        var answer = Draw(ring, Draws, weight, replica: 1);
        var counts = answer.Steps.Zip(answer.Replicas).CountBy(static image => (image.Second, image.First)).ToDictionary();

        foreach (var ((replica, step), images) in stored)
        {
            var p = images * (replica == 1 ? 1 : weight) / sum;
            Assert.Equal(Draws * p, counts.GetValueOrDefault((replica, step)), 5 * Math.Sqrt(Draws * p * (1 - p)));
        }
    }

    [Fact]
    public void Draw_OwnOnesByRecency_HalvesWithEachHalfLifeOfTheirs()
    {
        var ring = new ReplayRing(new ReplaySettings { ItemBytes = 1, BudgetBytes = 1 << 20, Selection = ReplaySelection.Recency, HalfLife = 0.25 });
        for (var step = 0; step < 100; step++)
        {
            ring.Push(Chunk((0, step, 1), (1, step, 3)));
        }

        var counts = Draw(ring, 40_000, weight: 0).Steps.CountBy(static step => step / 25).ToDictionary();

        Assert.All(Enumerable.Range(0, 4), quarter => Assert.Equal(40_000 * (1 << quarter) / 15.0, counts[quarter], 5 * Math.Sqrt(40_000 / 4.0)));
    }

    [Fact]
    public void Draw_OwnOnesInOrder_ShowsEachOnceAndBeginsAnew()
    {
        var ring = new ReplayRing(new ReplaySettings { ItemBytes = 1, BudgetBytes = 1 << 20, Selection = ReplaySelection.Fifo });
        ring.Push(Chunk((1, 1, 2), (0, 2, 1), (1, 3, 1), (0, 4, 2), (0, 5, 1), (1, 6, 5)));

        Assert.Equal([2L, 4, 4, 5, 2, 4], Draw(ring, 6, weight: 0).Steps);
        ring.Push(Chunk((0, 7, 1)));
        Assert.Equal([4L, 5, 7, 2], Draw(ring, 4, weight: 0).Steps);
    }

    /// <summary>In order, a turn shows each image of the heavier kind once and one of the lighter with probability p = min(w, 1/w): shares as under uniform selection.</summary>
    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(4, 1)]
    [InlineData(0.25, 5)]
    [InlineData(4, 5)]
    public void Draw_InOrder_TakesOthersAsTheirWeightSays(double weight, int run)
    {
        var ring = new ReplayRing(new ReplaySettings { ItemBytes = 1, BudgetBytes = 1 << 20, Selection = ReplaySelection.Fifo });
        for (var step = 0; step < 60; step++)
        {
            ring.Push(Chunk((step % 3, step, 10)));
        }

        const int Draws = 12_000;
        var answer = Draw(ring, Draws, weight, run: run);

        // 200 own images to 400 of others.
        var share = 2 * weight / ((2 * weight) + 1);
        Assert.Equal(share, answer.Replicas.Count(static replica => replica != 0) / (double)(Draws * run), 0.02);
    }

    private static ReplayChunk Chunk(params (int Replica, long Step, int Count)[] groups) => new()
    {
        Groups = [.. groups.Select(static group => new ReplayGroupHeader(group.Replica, group.Step, group.Count))],
        Images = new byte[groups.Sum(static group => group.Count)],
    };

    private static ReplayAnswer Draw(ReplayRing ring, int draws, double weight, int replica = 0, int run = 1) => ring.Draw(new ReplayExchange
    {
        Push = new ReplayChunk { Groups = [], Images = default }, Draws = draws, ImagesPerDraw = run, Grouped = run > 1, Seed = 1, Replica = replica, OthersWeight = weight,
    });
}
