namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>One line of events.jsonl; sequence numbers of a job are contiguous from 1.</summary>
[GenerateSerializer, Immutable, Alias("distgan.job-event")]
public sealed record JobEvent
{
    [Id(0)]
    public required long Sequence { get; init; }

    [Id(1)]
    public required DateTimeOffset Time { get; init; }

    /// <summary>One of <see cref="Recipes.EventKinds"/>.</summary>
    [Id(2)]
    public required string Kind { get; init; }

    /// <summary>The replica it is about; null for the whole job.</summary>
    [Id(3)]
    public int? Replica { get; init; }

    [Id(4)]
    public long? Epoch { get; init; }

    /// <summary>One sentence for a person.</summary>
    [Id(5)]
    public required string Message { get; init; }

    /// <summary>Numbers that belong to it, by name; NaN and infinities are written as null.</summary>
    [Id(6)]
    public IReadOnlyDictionary<string, double> Data { get; init; } = new Dictionary<string, double>();

    /// <summary>The object that it is about, relative to the run folder; null where there is none.</summary>
    [Id(7)]
    public string? File { get; init; }
}
