namespace DistGan.Silo.Documents;

/// <summary>A run of a study.</summary>
public sealed record StudyRunDocument
{
    public required string Name { get; init; }

    public required string Configuration { get; init; }

    public required long Seed { get; init; }

    /// <summary>pending, begun, completed or failed. Whether one that has begun still trains, only its machine knows.</summary>
    public required string State { get; init; }
}
