using DistGan.Grains.Interfaces.Parameters.Gossip;
using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Parameters.Gossip;

/// <summary>A <see cref="Mailbox"/>. It is forgotten some time after its replica has ended: whoever reads it then finds nothing.</summary>
internal sealed partial class GossipGrain(ILogger<GossipGrain> logger) : Grain, IGossipGrain
{
    private readonly Mailbox _mailbox = new();

    public Task<GossipOutcome> OfferAsync(GossipOffer offer, CancellationToken cancellationToken = default)
    {
        var outcome = _mailbox.Offer(offer);
        if (outcome == GossipOutcome.NotFinite)
        {
            LogRefused(logger, this.GetPrimaryKeyString(), _mailbox.Refused);
        }

        return Task.FromResult(outcome);
    }

    public Task<GossipHeader?> NewestAsync(long start, CancellationToken cancellationToken = default) => Task.FromResult(_mailbox.Newest(start));

    public Task<GossipOffer?> ReadAsync(GossipHeader header, CancellationToken cancellationToken = default) => Task.FromResult(_mailbox.Read(header));
}
