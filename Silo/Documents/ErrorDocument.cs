namespace DistGan.Silo.Documents;

/// <summary>Why something was not done.</summary>
public sealed record ErrorDocument
{
    public string Schema { get; init; } = "distgan.error/1";

    /// <summary>A sentence each: what, expected and actual, what to do.</summary>
    public required IReadOnlyList<string> Errors { get; init; }
}
