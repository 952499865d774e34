namespace DistGan.Grains.Interfaces.Replay;

/// <summary>The size of a replay buffer.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-settings")]
public sealed record ReplaySettings
{
    /// <summary>Bytes of one image.</summary>
    [Id(0)]
    public required int ItemBytes { get; init; }

    /// <summary>Bytes of images that are kept; the oldest groups go first.</summary>
    [Id(1)]
    public required long BudgetBytes { get; init; }
}
