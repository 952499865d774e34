namespace DistGan.Silo.Documents;

/// <summary>Where a job stands.</summary>
public sealed record StateDocument
{
    public required string State { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public required string? Failure { get; init; }
}
