using Orleans.Concurrency;

namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>All jobs of the cluster. Key: 0.</summary>
[Alias("distgan.job-catalog")]
public interface IJobCatalogGrain : IGrainWithIntegerKey
{
    /// <summary>Passes a submission to its coordinator and remembers the job.</summary>
    [Alias("submit"), ResponseTimeout("00:05:00")]
    Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken = default);

    /// <summary>Removes a job that has ended, and forgets it.</summary>
    [Alias("delete"), ResponseTimeout("00:05:00")]
    Task<ActionResult> DeleteAsync(JobId job, CancellationToken cancellationToken = default);

    [Alias("list"), AlwaysInterleave]
    Task<IReadOnlyList<JobId>> ListAsync(CancellationToken cancellationToken = default);
}
