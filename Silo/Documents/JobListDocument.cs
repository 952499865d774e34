using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Silo.Documents;

/// <summary>The jobs of a cluster.</summary>
public sealed record JobListDocument
{
    public string Schema { get; init; } = "distgan.jobs/1";

    public required IReadOnlyList<JobDocument> Jobs { get; init; }

    /// <summary>The document of jobs, in their order.</summary>
    public static JobListDocument Of(IEnumerable<JobSummary> jobs) => new() { Jobs = [.. jobs.Select(JobDocument.Of)] };
}
