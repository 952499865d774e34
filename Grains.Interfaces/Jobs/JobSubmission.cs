namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>A request to start a job, or to go on with one that has snapshots.</summary>
[GenerateSerializer, Immutable, Alias("distgan.job-submission")]
public sealed record JobSubmission
{
    [Id(0)]
    public required JobId Job { get; init; }

    [Id(1)]
    public required RecipeEnvelope Recipe { get; init; }

    /// <summary>Go on from the newest good snapshot; without one the job is refused.</summary>
    [Id(2)]
    public bool Resume { get; init; }

    /// <summary>Whose share of the slots the job uses; null for nobody in particular, which is a share of its own.</summary>
    [Id(3)]
    public string? User { get; init; }

    /// <summary>A waiting job of a higher priority goes first; −100 to 100.</summary>
    [Id(4)]
    public int Priority { get; init; }

    /// <summary>Whoever submits has chosen the name of the job: one of that name and recipe is this very submission, whatever has become of it since, and nothing is changed.</summary>
    [Id(5)]
    public bool Once { get; init; }
}
