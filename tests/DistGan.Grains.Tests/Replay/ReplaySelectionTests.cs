using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;

namespace DistGan.Grains.Tests.Replay;

public sealed class ReplaySelectionTests
{
    [Fact]
    public void Draw_ByRecency_HalvesWithEachHalfLife()
    {
        var ring = Ring(ReplaySelection.Recency, stored: 100, settings => settings with { HalfLife = 0.25 });

        var counts = Draw(ring, 40_000).Steps.CountBy(static step => (step - 1) / 25).ToDictionary();

        // Quarters of the stored images, the newest last: 1, 2, 4 and 8 parts of 15.
        Assert.All(Enumerable.Range(0, 4), quarter => Assert.Equal(40_000 * (1 << quarter) / 15.0, counts[quarter], 5 * Math.Sqrt(40_000 / 4.0)));
    }

    [Fact]
    public void Draw_InOrder_ShowsEachOnceAndBeginsAnew()
    {
        var ring = Ring(ReplaySelection.Fifo, stored: 5);

        Assert.Equal([1L, 2, 3], Draw(ring, 3).Steps);
        ring.Push(Chunk(0, 6));
        Assert.Equal([4L, 5, 6, 1], Draw(ring, 4).Steps);
    }

    [Fact]
    public void Draw_InOrderAfterTheNextImageIsGone_GoesOnWithTheOldest()
    {
        var ring = Ring(ReplaySelection.Fifo, stored: 3, static settings => settings with { BudgetBytes = 3 });
        Draw(ring, 1);
        ring.Push(Chunk(0, 4));
        ring.Push(Chunk(0, 5));
        ring.Push(Chunk(0, 6));

        Assert.Equal([4L, 5], Draw(ring, 2).Steps);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 2.0 / 3)]
    [InlineData(4, 8.0 / 9)]
    public void Draw_WithAWeightOfOthers_TakesSuchAShareOfThem(double weight, double share)
    {
        // 50 images of replica 0 and 100 of others: w·100 to 50.
        var ring = Ring(ReplaySelection.Uniform, stored: 50);
        for (var step = 0; step < 100; step++)
        {
            ring.Push(Chunk(1 + (step % 2), step));
        }

        var answer = Draw(ring, 20_000, weight: weight);

        Assert.Equal(share, answer.Replicas.Count(static replica => replica != 0) / 20_000.0, 0.02);
    }

    [Theory]
    [InlineData(7, 0, 0)] // own ones alone, and there is none
    [InlineData(7, 3, 4)] // there are only others'
    [InlineData(0, 0.001, 4)] // there are only own ones
    public void Draw_OnlyOneKindIsStored_RejectsNothingForEver(int replica, double weight, int draws)
        => Assert.Equal(draws, Draw(Ring(ReplaySelection.Uniform, stored: 3), 4, replica, weight).Draws);

    [Fact]
    public void Draw_UnderALimit_GivesSoManyForEachInsert()
    {
        var ring = Ring(ReplaySelection.Uniform, stored: 10, static settings => settings with { SamplesPerInsert = 1.5 });

        Assert.Equal(10, Draw(ring, 10).Draws);
        Assert.Equal(5, Draw(ring, 10).Draws);
        Assert.Equal(0, Draw(ring, 10).Draws);
        ring.Push(Chunk(0, 11));
        ring.Push(Chunk(0, 12));
        var answer = Draw(ring, 10);

        Assert.Equal(3, answer.Draws);
        Assert.Equal((12, 18), (answer.Tally.Inserted, answer.Tally.Drawn));
    }

    [Theory]
    [InlineData(ReplaySelection.Uniform)]
    [InlineData(ReplaySelection.Recency)]
    [InlineData(ReplaySelection.Fifo)]
    public void Resume_WithContentAndTally_DrawsWhatTheFirstWould(ReplaySelection selection)
    {
        static ReplaySettings Limited(ReplaySettings settings) => settings with { BudgetBytes = 8, SamplesPerInsert = 2 };
        var ring = Ring(selection, stored: 20, Limited);
        Draw(ring, 5);
        var restored = Ring(selection, stored: 0, Limited);
        restored.Push(new CapturedReplay(ring.Capture()).Read(0)!);
        restored.Resume(ring.Tally);

        for (var seed = 0; seed < 8; seed++)
        {
            var (one, other) = (Draw(ring, 5, seed: seed), Draw(restored, 5, seed: seed));
            Assert.Equal(one.Steps, other.Steps);
            Assert.Equal(one.Tally, other.Tally);
        }
    }

    private static ReplayRing Ring(ReplaySelection selection, int stored, Func<ReplaySettings, ReplaySettings>? change = null)
    {
        var settings = new ReplaySettings { ItemBytes = 1, BudgetBytes = 1000, Selection = selection };
        var ring = new ReplayRing(change?.Invoke(settings) ?? settings);
        for (var step = 1; step <= stored; step++)
        {
            ring.Push(Chunk(0, step));
        }

        return ring;
    }

    private static ReplayChunk Chunk(int replica, int step) => new() { Groups = [new ReplayGroupHeader(replica, step, 1)], Images = new byte[] { (byte)step } };

    private static ReplayAnswer Draw(ReplayRing ring, int draws, int replica = 0, double weight = 1, long seed = 1) => ring.Draw(new ReplayExchange
    {
        Push = new ReplayChunk { Groups = [], Images = default }, Draws = draws, ImagesPerDraw = 1, Grouped = false, Seed = seed, Replica = replica, OthersWeight = weight,
    });
}
