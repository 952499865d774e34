using System.Globalization;
using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Silo.Documents;

/// <summary>A replica of a job.</summary>
public sealed record ReplicaDocument
{
    public required int Replica { get; init; }

    /// <summary>How it ended: completed, interrupted or failed; null while it trains or waits.</summary>
    public required string? Outcome { get; init; }

    /// <summary>Whether it waits for a slot.</summary>
    public required bool Waiting { get; init; }

    public required long Steps { get; init; }

    public required long Images { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Its last scores by metric name.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>Values that it has in place of the recipe's, by dotted key; numbers as numbers.</summary>
    public required IReadOnlyDictionary<string, JsonNode?> Overrides { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public required string? Failure { get; init; }

    /// <summary>Counts its starts and losses.</summary>
    public required long Epoch { get; init; }

    /// <summary>The address of the worker that it trains on; null while it has no slot.</summary>
    public required string? Worker { get; init; }

    /// <summary>Its slot on that worker; null while it has none.</summary>
    public required int? Slot { get; init; }

    /// <summary>cpu, or cuda:I; null while it has no slot.</summary>
    public required string? Device { get; init; }

    /// <summary>The document of a replica.</summary>
    public static ReplicaDocument Of(ReplicaSummary replica) => new()
    {
        Replica = replica.Replica,
        Outcome = replica.Outcome?.ToString().ToLowerInvariant(),
        Waiting = replica.Waiting,
        Steps = replica.Step,
        Images = replica.Images,
        Seconds = replica.Seconds,
        Scores = JobDocument.Sorted(replica.Scores),
        Overrides = JobDocument.Sorted(replica.Overrides.ToDictionary(static value => value.Key, static value => Value(value.Value))),
        Failure = replica.Failure,
        Epoch = replica.Epoch,
        Worker = replica.Worker,
        Slot = replica.Slot,
        Device = replica.Device,
    };

    private static JsonNode? Value(string text)
        => !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(text)
            : double.IsFinite(number) ? JsonValue.Create(number)
            : null;
}
