namespace DistGan.Client.Runs.Contents;

/// <summary>What a list tells of a run.</summary>
public sealed record RunFacts
{
    /// <summary>The name in its recipe, or of its folder where the recipe cannot be read.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is: an absolute path.</summary>
    public required string Place { get; init; }

    public required RunState State { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; init; }

    /// <summary>Steps done.</summary>
    public long Steps { get; init; }

    /// <summary>Steps of its budget; null where it has none.</summary>
    public long? Budget { get; init; }

    public long? Images { get; init; }

    /// <summary>Time trained.</summary>
    public double? Seconds { get; init; }

    public double? ImagesPerSecond { get; init; }

    public int Replicas { get; init; } = 1;

    /// <summary>Step of the newest committed snapshot of any replica.</summary>
    public long? Snapshot { get; init; }

    /// <summary>Size of all its files.</summary>
    public long Bytes { get; init; }

    /// <summary>When anything happened last.</summary>
    public DateTimeOffset Updated { get; init; }

    /// <summary>Training's own scores, in the order in which they were first computed.</summary>
    public IReadOnlyList<ScoreFacts> Scores { get; init; } = [];

    /// <summary>Scores that the command evaluate computed of its snapshots, perhaps in another way.</summary>
    public IReadOnlyList<EvaluatedScore> Evaluated { get; init; } = [];

    /// <summary>The state as scripts know it.</summary>
    public string StateName => State.ToString().ToLowerInvariant();
}
