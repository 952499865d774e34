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
}
