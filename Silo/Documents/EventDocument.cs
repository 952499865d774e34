using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Silo.Documents;

/// <summary>Something that happened to a job; as in events.jsonl.</summary>
public sealed record EventDocument
{
    /// <summary>Contiguous from 1.</summary>
    public required long Sequence { get; init; }

    public required DateTime Time { get; init; }

    public required string Kind { get; init; }

    /// <summary>The replica that it is about; null for the whole job.</summary>
    public required int? Replica { get; init; }

    public required long? Epoch { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Message { get; init; }

    /// <summary>Numbers that belong to it.</summary>
    public required IReadOnlyDictionary<string, double> Data { get; init; }

    /// <summary>The file that it is about, relative to the run folder; null where there is none.</summary>
    public required string? File { get; init; }

    /// <summary>The document of an event.</summary>
    public static EventDocument Of(JobEvent entry) => new()
    {
        Sequence = entry.Sequence,
        Time = entry.Time.UtcDateTime,
        Kind = entry.Kind,
        Replica = entry.Replica,
        Epoch = entry.Epoch,
        Message = entry.Message,
        Data = JobDocument.Sorted(entry.Data),
        File = entry.File,
    };
}
