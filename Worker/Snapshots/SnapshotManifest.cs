using DistGan.Recipes;

namespace DistGan.Worker.Snapshots;

/// <summary>manifest.json: written last, it commits a snapshot.</summary>
public sealed record SnapshotManifest
{
    /// <summary>The version of this format; others are refused.</summary>
    public const int CurrentFormat = 1;

    public string Schema { get; init; } = "distgan/snapshot";

    public int FormatVersion { get; init; } = CurrentFormat;

    public required string Job { get; init; }

    public required int Replica { get; init; }

    public required long Epoch { get; init; }

    public required long Step { get; init; }

    public required long Images { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string RecipeSha256 { get; init; }

    public required string DataFingerprint { get; init; }

    /// <summary>[C, H, W] of one sample ([C, 0, 0] for points), so that a generator can be used where the data set is not; empty in old snapshots.</summary>
    public IReadOnlyList<int> SampleShape { get; init; } = [];

    /// <summary>The classes of the data where the recipe uses labels, so that a generator can draw them where the data set is not; null elsewhere.</summary>
    public DataLabels? Labels { get; init; }

    /// <summary>Length and hash of each file, by name within the folder.</summary>
    public required IReadOnlyDictionary<string, SnapshotFile> Files { get; init; }

    /// <summary>The score of the first metric at this step; null where it was not evaluated.</summary>
    public SnapshotScore? Score { get; init; }
}
