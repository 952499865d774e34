using DistGan.Client.Runs.Contents;
using DistGan.Recipes;

namespace DistGan.Client.Runs.Catalog;

/// <summary>Everything that 'describe' tells of a run.</summary>
public sealed record RunDescription
{
    public required RunFacts Facts { get; init; }

    /// <summary>The recipe; null where it cannot be read.</summary>
    public required Recipe? Recipe { get; init; }

    /// <summary>Steps of the committed snapshots of each replica that has any.</summary>
    public required IReadOnlyList<(int Replica, IReadOnlyList<long> Steps)> Snapshots { get; init; }

    /// <summary>Steps of the pictures.</summary>
    public required IReadOnlyList<long> Samples { get; init; }

    /// <summary>Top entries of the run with their size; folders end in '/'.</summary>
    public required IReadOnlyList<(string Name, long Bytes)> Files { get; init; }

    /// <summary>The last events.</summary>
    public required IReadOnlyList<EventRow> Events { get; init; }

    /// <summary>The machine that trained it last, by name.</summary>
    public required IReadOnlyList<(string Name, string Value)> Machine { get; init; }
}
