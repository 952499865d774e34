using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Wire;
using DistGan.Grains.Parameters;

namespace DistGan.Grains.Tests.Parameters;

public sealed class RoundMergeWireTests
{
    private static readonly MergeSettings Two = new()
    {
        Rule = MergeRule.Mean, Replicas = 2, Quorum = 2, Deadline = TimeSpan.FromSeconds(5), MaxStaleRounds = 2, Wire = WireFormat.Int8,
    };

    [Fact]
    public void Offer_ADifferenceToTheOutcome_CountsAsWhatItStandsFor()
    {
        var merge = new RoundMerge(Two);
        Round(merge, Whole(0, 0, [10, 20]), Whole(1, 0, [10, 20]));

        var answer = Round(merge, Difference(0, 1, [127, 1]), Whole(1, 1, [11, 23]));

        // 10 + 127 and 20 + 1 beside 11 and 23: the mean is 64 and 2 away from the outcome before, in steps of 64/127.
        Assert.Equal(74f, answer.Values.Span[0], 1e-4f);
        Assert.Equal(20 + (4 * 64f / 127), answer.Values.Span[1], 1e-4f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Offer_ADifferenceToAnOutcomeThatIsNotThere_IsAskedForWholeAndChangesNothing(long version)
    {
        var merge = new RoundMerge(Two);
        Assert.Equal(OfferOutcome.UnknownReference, merge.Offer(Difference(0, version, [1, 1]), TimeSpan.Zero));
        Assert.False(merge.IsOpened);

        Round(merge, Whole(0, 0, [10, 20]), Whole(1, 0, [10, 20]));

        Assert.Equal(OfferOutcome.UnknownReference, merge.Offer(Difference(0, version, [1, 1]), TimeSpan.Zero));
        Assert.Equal(OfferOutcome.Counted, merge.Offer(Whole(0, 1, [12, 20]), TimeSpan.Zero));
    }

    [Fact]
    public void Close_AfterTheFirst_IsADifferenceForThoseThatHaveTheOneBefore()
    {
        var merge = new RoundMerge(Two);
        var first = Round(merge, Whole(0, 0, [0, 0]), Whole(1, 0, [0, 0]));
        var second = Round(merge, Whole(0, 1, [127, 3]), Whole(1, 1, [127, 3]));

        Assert.Null(first.Difference);
        Assert.Equal([127f, 3f], RoundMerge.ForOneThatKnows(second, 1).Difference!.Read());
        Assert.True(RoundMerge.ForOneThatKnows(second, 1).Values.IsEmpty);
        Assert.Null(RoundMerge.ForOneThatKnows(second, 0).Difference);
        Assert.Equal([127f, 3f], RoundMerge.ForOneThatKnows(second, 0).Values.ToArray());
    }

    [Fact]
    public void Close_SmallStepsBesideALargeOne_AreNotLostForGood()
    {
        var merge = new RoundMerge(Two);
        var outcome = Round(merge, Whole(0, 0, [0, 0]), Whole(1, 0, [0, 0]));
        for (var round = 1; round <= 50; round++)
        {
            // The members stand at (round, round/1000): the second number moves by an eighth of a step of 1/127.
            float[] numbers = [round, round / 1000f];
            outcome = Round(merge, Whole(0, round, numbers), Whole(1, round, numbers));
        }

        Assert.Equal(50f, outcome.Values.Span[0], 1e-3f);
        Assert.Equal(0.05f, outcome.Values.Span[1], 1f / 127);
    }

    [Fact]
    public void Close_OnAnExactWire_IsAlwaysWhole()
    {
        var merge = new RoundMerge(Two with { Wire = WireFormat.Float32 });
        Round(merge, Whole(0, 0, [0, 0]), Whole(1, 0, [0, 0]));

        Assert.Null(Round(merge, Whole(0, 1, [1, 1]), Whole(1, 1, [1, 1])).Difference);
    }

    private static MergeOffer Whole(int replica, long version, float[] values) => new() { Replica = replica, Version = version, Samples = 1, Values = values };

    private static MergeOffer Difference(int replica, long version, float[] values)
        => new() { Replica = replica, Version = version, Samples = 1, Values = default, Difference = WireNumbers.Of(WireFormat.Int8, values) };

    private static MergeAnswer Round(RoundMerge merge, params MergeOffer[] offers)
    {
        Assert.All(offers, offer => Assert.Equal(OfferOutcome.Counted, merge.Offer(offer, TimeSpan.Zero)));
        return merge.Close();
    }
}
