namespace DistGan.Grains.Interfaces.Replay;

/// <summary>Drawn images, draw after draw, with their provenance.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replay-answer")]
public sealed record ReplayAnswer
{
    /// <summary>Batches drawn; fewer than were asked for while nothing is stored or the limit of samples per insert is reached.</summary>
    [Id(0)]
    public required int Draws { get; init; }

    [Id(1)]
    public required ReadOnlyMemory<byte> Images { get; init; }

    /// <summary>The step of each image.</summary>
    [Id(2)]
    public required long[] Steps { get; init; }

    /// <summary>The replica of each image.</summary>
    [Id(3)]
    public required int[] Replicas { get; init; }

    /// <summary>Bytes of images stored now.</summary>
    [Id(4)]
    public required long StoredBytes { get; init; }

    [Id(5)]
    public required long BudgetBytes { get; init; }

    /// <summary>Up to and with this answer.</summary>
    [Id(6)]
    public ReplayTally Tally { get; init; }
}
