using DistGan.Grains.Interfaces.Parameters.Wire;

namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>One replica's numbers for a round of merging.</summary>
[GenerateSerializer, Immutable, Alias("distgan.merge-offer")]
public sealed record MergeOffer
{
    [Id(0)]
    public required int Replica { get; init; }

    /// <summary>The number of the newest merge that is in these numbers; 0 before the first.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary>Real images shown since the replica's last contribution: its weight.</summary>
    [Id(2)]
    public required long Samples { get; init; }

    /// <summary>The numbers; empty where <see cref="Difference"/> has them. Nobody writes to it after it is sent.</summary>
    [Id(3)]
    public required ReadOnlyMemory<float> Values { get; init; }

    /// <summary>The numbers less the outcome of merge <see cref="Version"/>, in fewer bytes; null where they are sent whole.</summary>
    [Id(4)]
    public WireNumbers? Difference { get; init; }
}
