namespace DistGan.Grains.Interfaces.Discriminators;

/// <summary>A version of the generator whose batches lie ready.</summary>
[GenerateSerializer, Immutable, Alias("distgan.version-notice")]
public sealed record VersionNotice
{
    [Id(0)]
    public required VersionId Version { get; init; }

    /// <summary>Batches k.</summary>
    [Id(1)]
    public required int Batches { get; init; }

    /// <summary>Parts of each batch.</summary>
    [Id(2)]
    public required int Parts { get; init; }

    /// <summary>Replicas of the job, that of the generator among them.</summary>
    [Id(3)]
    public required int Replicas { get; init; }

    /// <summary>The number of the swap that comes first; 0 for none.</summary>
    [Id(4)]
    public long Swap { get; init; }

    /// <summary>Who takes part in it, in ascending order.</summary>
    [Id(5)]
    public IReadOnlyList<int> SwapMembers { get; init; } = [];
}
