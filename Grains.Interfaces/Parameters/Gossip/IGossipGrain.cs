namespace DistGan.Grains.Interfaces.Parameters.Gossip;

/// <summary>
/// The mailbox of one replica for one range of one of its vectors: what it offers lies here for whichever replica wants to move towards it. Nobody waits
/// here. Key: job/replica/vector/shard; a shard is at most 262,144 numbers (1 MiB).
/// </summary>
[Alias("distgan.gossip")]
public interface IGossipGrain : IGrainWithStringKey
{
    /// <summary>Puts newer numbers in; those before them stay until the next ones come, for whoever is just reading them.</summary>
    [Alias("offer")]
    Task<GossipOutcome> OfferAsync(GossipOffer offer, CancellationToken cancellationToken = default);

    /// <summary>What was offered last in a start of the job, without the numbers; null where nothing was.</summary>
    [Alias("newest")]
    Task<GossipHeader?> NewestAsync(long start, CancellationToken cancellationToken = default);

    /// <summary>The numbers of one offer; null where they are not here, or not any more.</summary>
    [Alias("read")]
    Task<GossipOffer?> ReadAsync(GossipHeader header, CancellationToken cancellationToken = default);
}
