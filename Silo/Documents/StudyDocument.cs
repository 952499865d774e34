using System.Text.Json.Serialization;

namespace DistGan.Silo.Documents;

/// <summary>A study as it stands: what was planned, and what is done of it. Its results are a document of their own.</summary>
public sealed record StudyDocument
{
    /// <summary>What this document is; absent in a list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Schema { get; init; }

    /// <summary>Name of its folder.</summary>
    public required string Id { get; init; }

    /// <summary>seeds, grid, techniques or search.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the recipe that is varied.</summary>
    public required string Recipe { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The command line that made it.</summary>
    public required string Command { get; init; }

    /// <summary>The configuration that the others are compared with; null where nothing is.</summary>
    public required string? Baseline { get; init; }

    /// <summary>Runs that were planned.</summary>
    public required int Planned { get; init; }

    public required int Completed { get; init; }

    public required int Failed { get; init; }

    /// <summary>Whether its results were written; they are when it ends or is interrupted.</summary>
    public required bool HasResults { get; init; }

    /// <summary>What the results say first; null without results or scores.</summary>
    public required StudyScore? Best { get; init; }

    /// <summary>Every run, by configuration; empty in a list.</summary>
    public required IReadOnlyList<StudyRunDocument> Runs { get; init; }
}
