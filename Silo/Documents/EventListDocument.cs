namespace DistGan.Silo.Documents;

/// <summary>Events of a job.</summary>
public sealed record EventListDocument
{
    public string Schema { get; init; } = "distgan.events/1";

    public required string Job { get; init; }

    public required IReadOnlyList<EventDocument> Events { get; init; }

    /// <summary>The newest sequence number in here: ask for what is after it. What was asked after, where there is nothing.</summary>
    public required long Last { get; init; }
}
