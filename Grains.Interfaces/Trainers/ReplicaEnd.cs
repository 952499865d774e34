namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>The end of one replica's training under one epoch.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replica-end")]
public sealed record ReplicaEnd
{
    [Id(0)]
    public required ReplicaId Replica { get; init; }

    [Id(1)]
    public required long Epoch { get; init; }

    [Id(2)]
    public required ReplicaOutcome Outcome { get; init; }

    [Id(3)]
    public required long Step { get; init; }

    [Id(4)]
    public required long Images { get; init; }

    [Id(5)]
    public required double Seconds { get; init; }

    /// <summary>Why it failed, as a sentence; null otherwise.</summary>
    [Id(6)]
    public string? Failure { get; init; }

    /// <summary>It was interrupted because its worker leaves, not because the job is to stop.</summary>
    [Id(7)]
    public bool WorkerLeaves { get; init; }

    /// <summary>The host of its worker, where it failed for a reason of that machine and another worker may train it; null otherwise.</summary>
    [Id(8)]
    public string? UnfitHost { get; init; }
}
