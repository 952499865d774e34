using DistGan.Grains.Interfaces.Parameters.Gossip;

namespace DistGan.Grains.Parameters.Gossip;

/// <summary>The newest two offers of a replica: the newest to take, and the one before for whoever is just reading it.</summary>
public sealed class Mailbox
{
    private GossipOffer? _newest;
    private GossipOffer? _before;

    /// <summary>Offers that were refused because a number in them was NaN or infinite.</summary>
    public long Refused { get; private set; }

    /// <summary>Takes an offer in, in place of the one before the newest.</summary>
    public GossipOutcome Offer(GossipOffer offer)
    {
        if (_newest is { } held && !offer.Header.IsNewerThan(held.Header))
        {
            return GossipOutcome.Overtaken;
        }

        if (!FloatSpans.IsFinite(offer.Values.Span))
        {
            Refused++;
            return GossipOutcome.NotFinite;
        }

        (_newest, _before) = (offer, _newest);
        return GossipOutcome.Kept;
    }

    /// <summary>The newest of a start of the job; null where there is none.</summary>
    public GossipHeader? Newest(long start) => _newest is { } held && held.Header.Start == start ? held.Header : null;

    /// <summary>One of the two offers; null where it is neither.</summary>
    public GossipOffer? Read(GossipHeader header)
        => _newest?.Header.IsSameAs(header) == true ? _newest : _before?.Header.IsSameAs(header) == true ? _before : null;
}
