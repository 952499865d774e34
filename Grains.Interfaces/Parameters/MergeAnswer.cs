using DistGan.Grains.Interfaces.Parameters.Wire;

namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>The outcome of a round: whoever contributed c moves by p·(m − c).</summary>
[GenerateSerializer, Immutable, Alias("distgan.merge-answer")]
public sealed record MergeAnswer
{
    [Id(0)]
    public required long Round { get; init; }

    /// <summary>Replicas that were counted; 0 where the quorum was missed and nobody moves.</summary>
    [Id(1)]
    public required int Members { get; init; }

    /// <summary>The number of the merge, by which later contributions say what they know.</summary>
    [Id(2)]
    public required long Version { get; init; }

    /// <summary>p: the share of the way that a replica goes.</summary>
    [Id(3)]
    public required double Pull { get; init; }

    /// <summary>m; empty where nobody moves, and where <see cref="Difference"/> has it. Nobody writes to it.</summary>
    [Id(4)]
    public required ReadOnlyMemory<float> Values { get; init; }

    /// <summary>m less the outcome of the merge before, in fewer bytes; null where it is sent whole.</summary>
    [Id(5)]
    public WireNumbers? Difference { get; init; }
}
