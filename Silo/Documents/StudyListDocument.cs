namespace DistGan.Silo.Documents;

/// <summary>The studies in the folder that the silo offers.</summary>
public sealed record StudyListDocument
{
    public string Schema { get; init; } = "distgan.study-shelf/1";

    /// <summary>Whether the silo was told of a folder of studies.</summary>
    public required bool Offered { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<StudyDocument> Studies { get; init; }
}
