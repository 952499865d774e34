namespace DistGan.Grains.Interfaces.Data;

/// <summary>What the store has of a data set.</summary>
[GenerateSerializer, Immutable, Alias("distgan.stored-data-state")]
public sealed record StoredDataState
{
    /// <summary>Whether it was committed: workers can fetch it.</summary>
    [Id(0)]
    public required bool Complete { get; init; }

    /// <summary>Where it was not: the parts that are there, in order.</summary>
    [Id(1)]
    public required IReadOnlyList<int> Parts { get; init; }
}
