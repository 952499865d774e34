namespace DistGan.Grains.Interfaces.Parameters;

/// <summary>What a merge remembers between rounds.</summary>
[GenerateSerializer, Immutable, Alias("distgan.merge-state")]
public sealed record MergeState
{
    /// <summary>Merges so far.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>The centre: the last mean, the elastic centre, or the outer parameters.</summary>
    [Id(1)]
    public required ReadOnlyMemory<float> Centre { get; init; }

    /// <summary>The outer velocity; empty where the rule has none.</summary>
    [Id(2)]
    public required ReadOnlyMemory<float> Velocity { get; init; }
}
