namespace DistGan.Grains.Interfaces.Parameters.Gossip;

/// <summary>What a replica offers to the others, without the numbers.</summary>
[GenerateSerializer, Immutable, Alias("distgan.gossip-header")]
public sealed record GossipHeader
{
    /// <summary>The number of the start of the job: what was offered in an earlier one is no part of it.</summary>
    [Id(0)]
    public required long Start { get; init; }

    /// <summary>Under which ownership of the replica.</summary>
    [Id(1)]
    public required long Epoch { get; init; }

    /// <summary>The number of the offer of that owner, from 1.</summary>
    [Id(2)]
    public required long Sequence { get; init; }

    /// <summary>Rounds of training that are in the numbers.</summary>
    [Id(3)]
    public required long Rounds { get; init; }

    /// <summary>How long each vector is, in the order of the vectors; 0 for one that the networks do not have.</summary>
    [Id(4)]
    public required IReadOnlyList<int> Lengths { get; init; }

    /// <summary>Whether this is the same offer of the same replica.</summary>
    public bool IsSameAs(GossipHeader other) => (Start, Epoch, Sequence) == (other.Start, other.Epoch, other.Sequence);

    /// <summary>Whether this takes the place of another offer of the same replica: it is of another start of the job, or was made later in the same.</summary>
    public bool IsNewerThan(GossipHeader other) => Start != other.Start || (Epoch, Sequence).CompareTo((other.Epoch, other.Sequence)) > 0;
}
