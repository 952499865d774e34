namespace DistGan.Grains.Interfaces.Replay;

/// <summary>The size of a replay buffer, and what its draws take.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-settings")]
public sealed record ReplaySettings
{
    /// <summary>Bytes of one image.</summary>
    [Id(0)]
    public required int ItemBytes { get; init; }

    /// <summary>Bytes of images that are kept; the oldest groups go first.</summary>
    [Id(1)]
    public required long BudgetBytes { get; init; }

    [Id(2)]
    public ReplaySelection Selection { get; init; }

    /// <summary>Selection by recency: the age at which an image is drawn half as often as the newest, as a share of what is stored, above 0.</summary>
    [Id(3)]
    public double HalfLife { get; init; } = 0.25;

    /// <summary>Images that may be drawn for each that was stored, on average; 0 for as many as are asked for.</summary>
    [Id(4)]
    public double SamplesPerInsert { get; init; }
}
