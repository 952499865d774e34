namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>What came of starting a training thread.</summary>
[GenerateSerializer, Immutable, Alias("distgan.start-result")]
public sealed record StartResult
{
    [Id(0)]
    public required bool Started { get; init; }

    /// <summary>Why not, as a sentence; null when it started.</summary>
    [Id(1)]
    public string? Refusal { get; init; }

    /// <summary>The step it starts from.</summary>
    [Id(2)]
    public long Step { get; init; }

    /// <summary>Not started only because the slot is not free yet or the trainer not there: worth another try.</summary>
    [Id(3)]
    public bool Busy { get; init; }

    /// <summary>The host of this worker, where it is a reason of that machine and another worker may start the replica; null otherwise.</summary>
    [Id(5)]
    public string? UnfitHost { get; init; }
}
