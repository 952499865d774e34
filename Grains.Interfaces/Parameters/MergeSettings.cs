using DistGan.Grains.Interfaces.Parameters.Wire;

namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>How a merge works.</summary>
[GenerateSerializer, Immutable, Alias("distgan.merge-settings")]
public sealed record MergeSettings
{
    [Id(0)]
    public required MergeRule Rule { get; init; }

    /// <summary>Replicas of the job, numbered from 0.</summary>
    [Id(1)]
    public required int Replicas { get; init; }

    /// <summary>Members that a merge needs at least.</summary>
    [Id(2)]
    public required int Quorum { get; init; }

    /// <summary>How long a round waits, from its first contribution on.</summary>
    [Id(3)]
    public required TimeSpan Deadline { get; init; }

    /// <summary>Merges that a contribution may have missed and still counts.</summary>
    [Id(4)]
    public required long MaxStaleRounds { get; init; }

    /// <summary>β of elastic merging, in (0, 1].</summary>
    [Id(5)]
    public double Elasticity { get; init; } = 0.9;

    /// <summary>η of the outer Nesterov step.</summary>
    [Id(6)]
    public double OuterRate { get; init; } = 0.7;

    /// <summary>μ of the outer Nesterov step, in [0, 1).</summary>
    [Id(7)]
    public double OuterMomentum { get; init; } = 0.9;

    /// <summary>How differences travel, to the grain and back.</summary>
    [Id(8)]
    public WireFormat Wire { get; init; }
}
