using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Tests.Data;

public sealed class DataShareTests
{
    private static readonly int[] Everything = [.. Enumerable.Range(0, 103)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Order_OfAPassAmongReplicas_IsEachSampleOnce(int replicas)
    {
        for (var pass = 0L; pass < 3; pass++)
        {
            var all = Parts("pass", replicas, pass).SelectMany(static part => part).ToList();

            Assert.Equal(103 / replicas * replicas, all.Count);
            Assert.Distinct(all);
        }

        // New parts each time, and so all of the set after some passes.
        var first = Enumerable.Range(0, 40).SelectMany(pass => Parts("pass", replicas, pass)[0]).ToHashSet();
        Assert.Equal(Everything, first.Order());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Order_OfOwnParts_IsTheSamePartInAnotherOrder(int replicas)
    {
        var (first, second) = (Parts("own", replicas, 0), Parts("own", replicas, 1));

        Assert.Distinct(first.SelectMany(static part => part));
        for (var replica = 0; replica < replicas; replica++)
        {
            Assert.Equal(first[replica].Order(), second[replica].Order());
            Assert.NotEqual(first[replica], second[replica]);
        }
    }

    [Fact]
    public void Order_OfTheWholeSet_IsEachReplicasOwn()
    {
        var parts = Parts(TopologyRecipe.Whole, 3, 0);

        Assert.All(parts, static part => Assert.Equal(Everything, part.Order()));
        Assert.NotEqual(parts[0], parts[1]);
    }

    [Theory]
    [InlineData("pass")]
    [InlineData("own")]
    public void Order_AFunctionOfSeedPassAndReplicas_NotOfWhoAsks(string split)
    {
        Assert.Equal(Parts(split, 3, 5), Parts(split, 3, 5));
        Assert.NotEqual(Parts(split, 3, 5)[0], Parts(split, 3, 5, seed: 8)[0]);
        Assert.Equal(Parts(split, 3, 5)[1].Order(), new DataShare(split, new SeedSequence(7, 4), 3).Order(103, 5).Order());
    }

    [Fact]
    public void Feed_OfAPart_HasTheBatchesOfThePart()
    {
        using var data = new Countable(103);
        using var feed = new DataFeed(data, 10, new DataShare("own", new SeedSequence(7, 1), 2));
        var part = new DataShare("own", new SeedSequence(7, 1), 2).Order(103, 0).ToHashSet();

        var seen = Enumerable.Range(0, 12).SelectMany(_ => Countable.Items(feed.Next())).ToList();

        Assert.All(seen, item => Assert.Contains(item, part));
        Assert.Equal(50, seen.Take(50).Distinct().Count());
        Assert.Equal(
            "A batch of 60 samples cannot be drawn from a replica's part of countable, 51 of 103: give a smaller batch, fewer replicas, or topology.data-split = whole.",
            Assert.Throws<DistGanException>(() => new DataFeed(data, 60, new DataShare("own", new SeedSequence(7, 1), 2))).Message);
    }

    private static int[][] Parts(string split, int replicas, long pass, long seed = 7)
        => [.. Enumerable.Range(0, replicas).Select(replica => new DataShare(split, new SeedSequence(seed, replica), replicas).Order(103, pass))];
}
