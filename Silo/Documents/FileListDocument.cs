namespace DistGan.Silo.Documents;

/// <summary>Files of a job, relative to its run folder.</summary>
public sealed record FileListDocument
{
    public string Schema { get; init; } = "distgan.files/1";

    public required string Job { get; init; }

    public required IReadOnlyList<string> Files { get; init; }
}
