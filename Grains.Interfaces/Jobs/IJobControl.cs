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

    /// <summary>Changes the number of replicas of a job that runs or waits: new ones start where slots are free, the highest ordinals end with a snapshot.</summary>
    Task<ScaleResult> ScaleAsync(JobId job, int replicas, string? reason, CancellationToken cancellationToken);

    Task<IReadOnlyList<JobSummary>> ListAsync(CancellationToken cancellationToken);
}
