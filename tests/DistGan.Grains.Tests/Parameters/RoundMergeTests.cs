using CsCheck;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Parameters;
using DistGan.Recipes;

namespace DistGan.Grains.Tests.Parameters;

public sealed class RoundMergeTests
{
    private static readonly MergeSettings Two = new() { Rule = MergeRule.Mean, Replicas = 2, Quorum = 2, Deadline = TimeSpan.FromSeconds(5), MaxStaleRounds = 2 };
    private static readonly MergeSettings Three = Two with { Replicas = 3 };

    [Fact]
    public void Close_Mean_IsWeightedBySamples()
    {
        var merge = new RoundMerge(Two);
        merge.Offer(Offer(0, [1, -4], samples: 300), TimeSpan.Zero);
        merge.Offer(Offer(1, [5, 4], samples: 100), TimeSpan.Zero);

        var answer = merge.Close();

        Assert.Equal([2f, -2f], answer.Values.ToArray());
        Assert.Equal((1, 2, 1, 1.0), (answer.Round, answer.Members, answer.Version, answer.Pull));
    }

    [Fact]
    public void Close_Elastic_PullsToTheCentreOfBefore()
    {
        var merge = new RoundMerge(Two with { Rule = MergeRule.Elastic, Elasticity = 0.5 });
        Round(merge, [0], [4]);

        var second = Round(merge, [4], [8]);
        var third = Round(merge, [6], [6]);

        // c = 2 after the first round; then c ← 2 + ½·(6 − 2) = 4, and each replica goes ½/2 of its way to 2.
        Assert.Equal((2f, 0.25), (second.Values.Span[0], second.Pull));
        Assert.Equal(4f, third.Values.Span[0]);
        Assert.Equal(5f, merge.Capture()!.Centre.Span[0]);
    }

    [Fact]
    public void Close_Nesterov_StepsWithMomentum()
    {
        var merge = new RoundMerge(Two with { Rule = MergeRule.Nesterov, OuterRate = 0.5, OuterMomentum = 0.5 });
        Assert.Equal(10, Round(merge, [10], [10]).Values.Span[0]);

        // Δ = 10 − 8 = 2, v = 2, c = 10 − ½·(2 + ½·2) = 8.5
        Assert.Equal(8.5f, Round(merge, [8], [8]).Values.Span[0]);

        // Δ = 8.5 − 6.5 = 2, v = ½·2 + 2 = 3, c = 8.5 − ½·(2 + ½·3) = 6.75
        Assert.Equal(6.75f, Round(merge, [6.5f], [6.5f]).Values.Span[0]);
        Assert.Equal(3f, merge.Capture()!.Velocity.Span[0]);
    }

    [Theory]
    [InlineData(MergeRule.Mean)]
    [InlineData(MergeRule.Elastic)]
    [InlineData(MergeRule.Nesterov)]
    public void Close_ReplicasThatAgree_StayWhereTheyAre(MergeRule rule)
        => Gen.Select(Gen.Float[-1e3f, 1e3f].Array[1, 40], Gen.Int[2, 9], Gen.Int[1, 4]).Sample((values, replicas, rounds) =>
        {
            var merge = new RoundMerge(Two with { Rule = rule, Replicas = replicas });
            for (var round = 0; round < rounds; round++)
            {
                var answer = Round(merge, [.. Enumerable.Repeat(values, replicas)]);
                Assert.All(answer.Values.ToArray().Zip(values), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
            }
        });

    [Fact]
    public void Close_Mean_LiesBetweenTheMembersInWhateverOrderTheyCame()
        => Gen.Select(Gen.Float[-1e6f, 1e6f].Array[7].Array[2, 8], Gen.Int[0, 1000]).Sample((vectors, seed) =>
        {
            var settings = Two with { Replicas = vectors.Length };
            var (merge, other) = (new RoundMerge(settings), new RoundMerge(settings));
            var order = Enumerable.Range(0, vectors.Length).ToArray();
            new Random(seed).Shuffle(order);
            foreach (var replica in order)
            {
                other.Offer(Offer(replica, vectors[replica], samples: replica), TimeSpan.Zero);
            }

            for (var replica = 0; replica < vectors.Length; replica++)
            {
                merge.Offer(Offer(replica, vectors[replica], samples: replica), TimeSpan.Zero);
            }

            var merged = merge.Close().Values.ToArray();
            Assert.Equal(merged, other.Close().Values.ToArray());
            for (var i = 0; i < merged.Length; i++)
            {
                var column = vectors.Select(vector => vector[i]).ToArray();
                Assert.InRange(merged[i], column.Min() - 0.1f, column.Max() + 0.1f);
            }
        });

    [Fact]
    public void Close_BelowTheQuorum_MovesNobody()
    {
        var merge = new RoundMerge(Three);
        merge.Offer(Offer(1, [7]), TimeSpan.Zero);

        var answer = merge.Close();

        Assert.Equal((0, 0, true), (answer.Members, answer.Version, answer.Values.IsEmpty));
        Assert.Null(merge.Capture());
        Assert.Equal(2, merge.Round);
    }

    [Fact]
    public void Left_OneIsMissing_EndsAtTheDeadlineAndCostsItOnce()
    {
        var merge = new RoundMerge(Three);
        merge.Offer(Offer(0, [1]), TimeSpan.FromSeconds(10));
        merge.Offer(Offer(1, [3]), TimeSpan.FromSeconds(12));
        Assert.False(merge.IsComplete);
        Assert.Equal(TimeSpan.FromSeconds(3), merge.Left(TimeSpan.FromSeconds(12)));
        Assert.Equal(2f, merge.Close().Values.Span[0]);

        merge.Offer(Offer(0, [1], version: 1), TimeSpan.FromSeconds(20));
        Assert.False(merge.IsComplete);
        merge.Offer(Offer(1, [3], version: 1), TimeSpan.FromSeconds(20));
        Assert.True(merge.IsComplete);
        Assert.Equal(TimeSpan.Zero, merge.Left(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Offer_ByAReplicaThatComesBack_IsExpectedAgainFromThenOn()
    {
        var merge = new RoundMerge(Three);
        Round(merge, [1], [3]);
        merge.Offer(Offer(2, [8], version: 0), TimeSpan.Zero);
        merge.Offer(Offer(0, [2], version: 1), TimeSpan.Zero);
        merge.Offer(Offer(1, [2], version: 1), TimeSpan.Zero);
        Assert.Equal((3, 4f), (merge.Close() is var answer ? answer.Members : 0, answer.Values.Span[0]));

        merge.Offer(Offer(0, [2], version: 2), TimeSpan.Zero);
        merge.Offer(Offer(1, [2], version: 2), TimeSpan.Zero);

        Assert.False(merge.IsComplete);
    }

    [Fact]
    public void Offer_ThatMissedTooManyMerges_DoesNotCountButIsPresent()
    {
        var merge = new RoundMerge(Three);
        for (var version = 0; version < 3; version++)
        {
            Round(merge, [1], [3]);
        }

        merge.Offer(Offer(0, [1], version: 3), TimeSpan.Zero);
        merge.Offer(Offer(1, [3], version: 3), TimeSpan.Zero);

        Assert.Equal(OfferOutcome.Stale, merge.Offer(Offer(2, [1000], version: 0), TimeSpan.Zero));
        var answer = merge.Close();
        Assert.Equal((2, 2f), (answer.Members, answer.Values.Span[0]));
        Assert.Equal(OfferOutcome.Counted, merge.Offer(Offer(2, [1000], version: 2), TimeSpan.Zero));
    }

    [Fact]
    public void Close_OnlyOneThatIsNotStale_StillSaysWhereTheCentreIs()
    {
        var merge = new RoundMerge(Two with { MaxStaleRounds = 0 });
        Round(merge, [1], [3]);
        merge.Offer(Offer(0, [1], version: 1), TimeSpan.Zero);
        merge.Offer(Offer(1, [9], version: 0), TimeSpan.Zero);

        var answer = merge.Close();

        Assert.Equal((0, 1, 2f), (answer.Members, answer.Version, answer.Values.Span[0]));
    }

    [Fact]
    public void Offer_Twice_KeepsTheNewer()
    {
        var merge = new RoundMerge(Two);
        merge.Offer(Offer(0, [100]), TimeSpan.Zero);
        merge.Offer(Offer(0, [1]), TimeSpan.Zero);
        merge.Offer(Offer(1, [3]), TimeSpan.Zero);

        Assert.Equal(2f, merge.Close().Values.Span[0]);
    }

    [Fact]
    public void Offer_NotFinite_IsCountedAndNobodyWaitsForIt()
        => Gen.Select(Gen.Int[1, 40], Gen.Int[0, 39], Gen.Int[0, 2].Select(i => new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }[i])).Sample((length, place, bad) =>
        {
            var merge = new RoundMerge(Three);
            var values = new float[length];
            values[place % length] = bad;

            Assert.Equal(OfferOutcome.NotFinite, merge.Offer(Offer(0, values), TimeSpan.Zero));
            merge.Offer(Offer(1, new float[length]), TimeSpan.Zero);
            merge.Offer(Offer(2, new float[length]), TimeSpan.Zero);

            Assert.True(merge.IsComplete);
            var answer = merge.Close();
            Assert.Equal((1, 2), (merge.Refused, answer.Members));
            Assert.Equal(new float[length], answer.Values.ToArray());
        });

    [Fact]
    public void Offer_OtherLengthReplicaOrWeight_IsAnError()
    {
        var merge = new RoundMerge(Two);
        merge.Offer(Offer(0, [1, 2]), TimeSpan.Zero);

        Assert.Throws<DistGanException>(() => merge.Offer(Offer(1, [1]), TimeSpan.Zero));
        Assert.Throws<DistGanException>(() => merge.Offer(Offer(2, [1, 2]), TimeSpan.Zero));
        Assert.Throws<DistGanException>(() => merge.Offer(Offer(1, [1, 2], samples: -1), TimeSpan.Zero));
        Assert.Throws<DistGanException>(() => new RoundMerge(Two, new MergeState { Version = 1, Centre = new float[2], Velocity = new float[1] }));
    }

    [Theory]
    [InlineData(MergeRule.Mean)]
    [InlineData(MergeRule.Elastic)]
    [InlineData(MergeRule.Nesterov)]
    public void Capture_Restored_GoesOnWithTheSameBytes(MergeRule rule)
        => Gen.Float[-1e3f, 1e3f].Array[9].Array[2].Array[1, 5].Sample(rounds =>
        {
            var settings = Two with { Rule = rule };
            var merge = new RoundMerge(settings);
            Array.ForEach(rounds, vectors => Round(merge, vectors));
            var restored = new RoundMerge(settings, merge.Capture());

            Assert.Equal(Round(merge, rounds[0]).Values.ToArray(), Round(restored, rounds[0]).Values.ToArray());
            Assert.Equal(merge.Capture()!.Centre.ToArray(), restored.Capture()!.Centre.ToArray());
        });

    private static MergeOffer Offer(int replica, float[] values, long samples = 1, long version = 0)
        => new() { Replica = replica, Version = version, Samples = samples, Values = values };

    /// <summary>A round of replicas that know every merge before it.</summary>
    private static MergeAnswer Round(RoundMerge merge, params float[][] vectors)
    {
        for (var replica = 0; replica < vectors.Length; replica++)
        {
            Assert.Equal(OfferOutcome.Counted, merge.Offer(Offer(replica, vectors[replica], version: merge.Version), TimeSpan.Zero));
        }

        return merge.Close();
    }
}
