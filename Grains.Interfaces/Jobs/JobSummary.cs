namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>A job as it stands now; at its end it is what summary.json holds.</summary>
[GenerateSerializer, Immutable, Alias("distgan.job-summary")]
public sealed record JobSummary
{
    [Id(0)]
    public required JobId Job { get; init; }

    [Id(1)]
    public required JobState State { get; init; }

    [Id(2)]
    public required long Steps { get; init; }

    [Id(3)]
    public required long Images { get; init; }

    [Id(4)]
    public required double Seconds { get; init; }

    /// <summary>While it is under way what the replicas that train show in a second now, all together; after its end, or paused, the average over the longest training.</summary>
    [Id(5)]
    public required double ImagesPerSecond { get; init; }

    /// <summary>The last scores by metric name.</summary>
    [Id(6)]
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>Files of the run that a person may want, by role: samples, snapshot, recipe, metrics.</summary>
    [Id(7)]
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    [Id(8)]
    public string? Failure { get; init; }

    /// <summary>Each replica, in the order of their ordinals.</summary>
    [Id(9)]
    public IReadOnlyList<ReplicaSummary> Replicas { get; init; } = [];

    /// <summary>The replica with the best newest score, whose scores are those of the job; null where nothing was scored.</summary>
    [Id(10)]
    public int? BestReplica { get; init; }

    /// <summary>Whose share of the slots it uses; null for nobody in particular.</summary>
    [Id(11)]
    public string? User { get; init; }

    [Id(12)]
    public int Priority { get; init; }

    /// <summary>What the names of its files begin with in the object store.</summary>
    [Id(13)]
    public string Folder { get; init; } = "";
}
