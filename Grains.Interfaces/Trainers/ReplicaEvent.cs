namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>Something that happened to a replica, before the coordinator numbers it.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replica-event")]
public sealed record ReplicaEvent
{
    [Id(0)]
    public required ReplicaId Replica { get; init; }

    [Id(1)]
    public required long Epoch { get; init; }

    /// <summary>One of <see cref="Recipes.EventKinds"/>.</summary>
    [Id(2)]
    public required string Kind { get; init; }

    [Id(3)]
    public required DateTimeOffset Time { get; init; }

    [Id(4)]
    public required string Message { get; init; }

    [Id(5)]
    public IReadOnlyDictionary<string, double> Data { get; init; } = new Dictionary<string, double>();

    /// <summary>The object that it is about, relative to the run folder; null where there is none.</summary>
    [Id(6)]
    public string? File { get; init; }
}
