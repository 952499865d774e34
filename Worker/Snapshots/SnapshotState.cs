using System.Text.Json.Nodes;

namespace DistGan.Worker.Snapshots;

/// <summary>state.json: everything of a snapshot that is no array.</summary>
internal sealed record SnapshotState
{
    public string Schema { get; init; } = "distgan/replica-state";

    public required long Step { get; init; }

    public required long Images { get; init; }

    /// <summary>Seconds of training since the start of the job, in all epochs.</summary>
    public required double Seconds { get; init; }

    /// <summary>Rollbacks since the start of the job.</summary>
    public required int Rollbacks { get; init; }

    /// <summary>Files of the replica's own arrays, without extension.</summary>
    public required IReadOnlyList<string> Arrays { get; init; }

    /// <summary>Whether the replay buffer's content is part of it.</summary>
    public required bool HasReplay { get; init; }

    /// <summary>Whether the parameter totals are part of it.</summary>
    public required bool HasParameters { get; init; }

    /// <summary>The replica's counters.</summary>
    public required JsonObject Counters { get; init; }

    /// <summary>What the diagnosis has seen; null where it is off, and in snapshots of versions that did not keep it.</summary>
    public JsonObject? Diagnosis { get; init; }
}
