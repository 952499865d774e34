namespace DistGan.Grains.Interfaces.Replay;

/// <summary>A round's images, and a request for draws. A push above 1 MiB is split: only the last part asks for draws.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-exchange")]
public sealed record ReplayExchange
{
    [Id(0)]
    public required ReplayChunk Push { get; init; }

    /// <summary>Batches to draw; 0 for none.</summary>
    [Id(1)]
    public required int Draws { get; init; }

    [Id(2)]
    public required int ImagesPerDraw { get; init; }

    /// <summary>Whether a batch comes from one group (a contiguous run in it, wrapping around).</summary>
    [Id(3)]
    public required bool Grouped { get; init; }

    [Id(4)]
    public required long Seed { get; init; }

    /// <summary>The replica that draws.</summary>
    [Id(5)]
    public int Replica { get; init; }

    /// <summary>How often an image of another replica is drawn for each time that one of <see cref="Replica"/>'s own is; 0 for own ones alone.</summary>
    [Id(6)]
    public double OthersWeight { get; init; } = 1;
}
