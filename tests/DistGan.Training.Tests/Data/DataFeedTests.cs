using System.Buffers.Binary;
using CsCheck;
using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Tests.Data;

public sealed class DataFeedTests
{
    [Fact]
    public void Next_OnePass_GivesEachItemAtMostOnceAndDropsTheRemainder()
    {
        using var data = new Countable(103);
        using var feed = new DataFeed(data, 10, 7, 0);

        var first = Take(feed, 10).SelectMany(static b => b).ToArray();
        var second = Take(feed, 10).SelectMany(static b => b).ToArray();

        Assert.Equal(100, first.Distinct().Count());
        Assert.Equal(100, second.Distinct().Count());
        Assert.NotEqual(first, second);
        Assert.Equal(20, feed.Position);
    }

    [Fact]
    public void Next_SameSeeds_GivesTheSameBatches()
    {
        using var data = new Countable(50);
        using var one = new DataFeed(data, 7, 7, 0);
        using var two = new DataFeed(data, 7, 7, 0);
        using var replica = new DataFeed(data, 7, 7, 1);
        using var seed = new DataFeed(data, 7, 8, 0);

        var expected = Take(one, 30);

        Assert.Equal(expected, Take(two, 30));
        Assert.NotEqual(expected, Take(replica, 30));
        Assert.NotEqual(expected, Take(seed, 30));
    }

    [Fact]
    public void Labels_OfEachBatch_AreThoseOfItsItems()
    {
        using var data = new Countable(40);
        using var feed = new DataFeed(data, 6, 7, 0);
        feed.Seek(5);

        for (var batch = 0; batch < 9; batch++)
        {
            Assert.Equal(Assert.Single(Take(feed, 1)), feed.Labels.ToArray());
        }
    }

    [Fact]
    public void Seek_AnyPosition_GivesTheBatchThatStandsThere()
    {
        using var data = new Countable(40);
        using var straight = new DataFeed(data, 6, 7, 0);
        var batches = Take(straight, 60);

        Gen.Int[0, 50].Array[1, 6].Sample(
            positions =>
            {
                using var feed = new DataFeed(data, 6, 7, 0);
                foreach (var position in positions)
                {
                    feed.Seek(position);
                    Assert.Equal(position, feed.Position);
                    Assert.Equal(batches.Skip(position).Take(9), Take(feed, 9));
                }
            },
            iter: 20);
    }

    [Fact]
    public void Next_BatchAsLargeAsTheData_GivesWholePermutations()
    {
        using var data = new Countable(5);
        using var feed = new DataFeed(data, 5, 7, 0);

        Assert.All(Take(feed, 4), static batch => Assert.Equal([0, 1, 2, 3, 4], batch.Order()));
    }

    [Fact]
    public void Constructor_BatchLargerThanTheData_IsRefused()
    {
        using var data = new Countable(5);

        Assert.Contains("6", Assert.Throws<DistGanException>(() => new DataFeed(data, 6, 7, 0)).Message);
    }

    [Fact]
    public void Next_AfterTheReaderFailed_RaisesWhatHappened()
    {
        using var data = new Countable(100) { FailsAt = 99 };
        using var feed = new DataFeed(data, 10, 7, 0);

        var error = Assert.Throws<DistGanException>(() => Take(feed, 11));

        Assert.Contains("countable", error.Message);
        Assert.Contains("item 99 is gone", error.Message);
        Assert.Throws<DistGanException>(() => Take(feed, 1));
        Assert.InRange(feed.Position, 0, 9);
    }

    [Fact]
    public void Dispose_WhileReading_EndsTheThread()
    {
        using var data = new Countable(100);
        var feed = new DataFeed(data, 10, 7, 0);
        Take(feed, 2);

        feed.Dispose();
        var reads = data.Reads;

        Assert.False(data.Reader!.IsAlive);
        Assert.Equal(reads, data.Reads);
        Assert.Throws<ObjectDisposedException>(() => Take(feed, 1));
    }

    private static List<int[]> Take(DataFeed feed, int batches)
    {
        var taken = new List<int[]>();
        for (var b = 0; b < batches; b++)
        {
            var bytes = feed.Next();
            var items = new int[bytes.Length / 4];
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
            }

            taken.Add(items);
        }

        return taken;
    }
}
