using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Grains.Parameters.Gossip;

namespace DistGan.Grains.Tests.Parameters.Gossip;

public sealed class MailboxTests
{
    private readonly Mailbox _mailbox = new();

    [Fact]
    public void Offer_ThreeTimes_ShowsTheNewestAndStillHasTheOneBefore()
    {
        Assert.Null(_mailbox.Newest(1));
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            Assert.Equal(GossipOutcome.Kept, _mailbox.Offer(Offer(sequence, value: sequence)));
        }

        Assert.Equal(3, _mailbox.Newest(1)!.Sequence);
        Assert.Equal([3f], _mailbox.Read(Offer(3, 0).Header)!.Values.ToArray());
        Assert.Equal([2f], _mailbox.Read(Offer(2, 0).Header)!.Values.ToArray());
        Assert.Null(_mailbox.Read(Offer(1, 0).Header));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Offer_NotFinite_IsRefusedAndWhatWasThereStays(float value)
    {
        _mailbox.Offer(Offer(1, 5));

        Assert.Equal(GossipOutcome.NotFinite, _mailbox.Offer(Offer(2, value)));

        Assert.Equal(1, _mailbox.Refused);
        Assert.Equal([5f], _mailbox.Read(_mailbox.Newest(1)!)!.Values.ToArray());
    }

    [Fact]
    public void Offer_OfAnEarlierOwner_DoesNotTakeThePlaceOfTheNewer()
    {
        _mailbox.Offer(Offer(1, 5, epoch: 2));

        Assert.Equal(GossipOutcome.Overtaken, _mailbox.Offer(Offer(9, 6, epoch: 1)));

        Assert.Equal((2L, 1L), (_mailbox.Newest(1)!.Epoch, _mailbox.Newest(1)!.Sequence));
    }

    [Fact]
    public void Newest_OfAnotherStartOfTheJob_IsNothing()
    {
        _mailbox.Offer(Offer(7, 5));

        Assert.Null(_mailbox.Newest(2));
        Assert.Equal(GossipOutcome.Kept, _mailbox.Offer(Offer(1, 6, start: 2)));
        Assert.Equal(1, _mailbox.Newest(2)!.Sequence);
        Assert.Null(_mailbox.Newest(1));
    }

    private static GossipOffer Offer(long sequence, float value, long epoch = 1, long start = 1) => new()
    {
        Header = new GossipHeader { Start = start, Epoch = epoch, Sequence = sequence, Rounds = sequence, Lengths = [1] },
        Values = new[] { value },
    };
}
