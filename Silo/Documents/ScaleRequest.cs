namespace DistGan.Silo.Documents;

/// <summary>How many replicas a job is to have.</summary>
public sealed record ScaleRequest
{
    public required int Replicas { get; init; }

    /// <summary>Why, for the event log.</summary>
    public string? Reason { get; init; }
}
