namespace DistGan.Silo.Documents;

/// <summary>How a job is to end.</summary>
public sealed record StopRequest
{
    /// <summary>At once, without a snapshot and without waiting for workers.</summary>
    public bool Now { get; init; }
}
