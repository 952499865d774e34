namespace DistGan.Grains.Interfaces.Replay;

/// <summary>How much a replay buffer has for a replica.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-holdings")]
public sealed record ReplayHoldings
{
    /// <summary>Images that the replica has made.</summary>
    [Id(0)]
    public required long Own { get; init; }

    /// <summary>Images that others have made.</summary>
    [Id(1)]
    public required long Others { get; init; }

    [Id(2)]
    public required long StoredBytes { get; init; }

    /// <summary>Images that may still be drawn under the limit of samples per insert.</summary>
    [Id(3)]
    public required long Allowed { get; init; }

    [Id(4)]
    public ReplayTally Tally { get; init; }
}
