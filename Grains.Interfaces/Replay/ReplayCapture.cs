namespace DistGan.Grains.Interfaces.Replay;

/// <summary>A frozen view of a replay buffer, read chunk by chunk.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-capture")]
public sealed record ReplayCapture
{
    [Id(0)]
    public required Guid Id { get; init; }

    [Id(1)]
    public required int Chunks { get; init; }

    [Id(2)]
    public required ReplaySettings Settings { get; init; }

    [Id(3)]
    public ReplayTally Tally { get; init; }
}
