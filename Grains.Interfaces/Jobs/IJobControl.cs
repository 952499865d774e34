using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Grains.Interfaces.Data;

namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>Job control as a console or an HTTP API sees it, wherever the cluster runs.</summary>
public interface IJobControl
{
    Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken);

    /// <summary>Returns when there is something after <paramref name="cursor"/>, or after about ten seconds with nothing new.</summary>
    Task<JobProgress> WatchAsync(JobId job, JobCursor cursor, CancellationToken cancellationToken);

    Task<JobSummary> DescribeAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>The recipe in force: what was submitted, with what the cluster has resolved.</summary>
    Task<RecipeEnvelope> RecipeAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Finishes the step, commits a snapshot and ends the job as interrupted.</summary>
    Task InterruptAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Ends the job without a snapshot and without waiting for its workers; it can be resumed from its newest snapshots.</summary>
    Task<StopResult> StopNowAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Changes the number of replicas of a job that runs or waits: new ones start where slots are free, the highest ordinals end with a snapshot.</summary>
    Task<ScaleResult> ScaleAsync(JobId job, int replicas, string? reason, CancellationToken cancellationToken);

    /// <summary>Stops the job with snapshots and frees its slots until it is resumed.</summary>
    Task<ActionResult> PauseAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Asks each replica that trains for a snapshot.</summary>
    Task<ActionResult> SnapshotAsync(JobId job, CancellationToken cancellationToken);

    /// <summary>Removes a job that has ended, with all its files.</summary>
    Task<ActionResult> DeleteAsync(JobId job, CancellationToken cancellationToken);

    Task<IReadOnlyList<JobSummary>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Names of the files of a job that begin with a prefix, relative to its run folder, in ordinal order.</summary>
    Task<IReadOnlyList<string>> ListFilesAsync(JobId job, string prefix, CancellationToken cancellationToken);

    /// <summary>A part of a file of a job, of at most a mebibyte; null where there is no such file.</summary>
    Task<ArtifactChunk?> ReadFileAsync(JobId job, string name, long offset, CancellationToken cancellationToken);

    /// <summary>A data set in the cluster's store, by its content hash.</summary>
    IStoredDataGrain Data(string id);
}
