namespace DistGan.Grains.Interfaces.Replay;

/// <summary>Whole groups of images, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-chunk")]
public sealed record ReplayChunk
{
    [Id(0)]
    public required IReadOnlyList<ReplayGroupHeader> Groups { get; init; }

    /// <summary>The images, group after group, each of the buffer's item size. Nobody writes to it after it is sent.</summary>
    [Id(1)]
    public required ReadOnlyMemory<byte> Images { get; init; }
}
