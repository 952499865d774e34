namespace DistGan.Grains.Interfaces.Parameters.Gossip;

/// <summary>One range of one vector of a replica, for whoever wants to move towards it.</summary>
[GenerateSerializer, Immutable, Alias("distgan.gossip-offer")]
public sealed record GossipOffer
{
    [Id(0)]
    public required GossipHeader Header { get; init; }

    /// <summary>The numbers. Nobody writes to them after they are sent.</summary>
    [Id(1)]
    public required ReadOnlyMemory<float> Values { get; init; }
}
