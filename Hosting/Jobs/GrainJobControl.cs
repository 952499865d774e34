using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Hosting.Jobs;

/// <summary>Job control through grains; works in a silo's process and in a client's.</summary>
public sealed class GrainJobControl(IGrainFactory grains) : IJobControl
{
    public Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
        => Catalog.SubmitAsync(submission, cancellationToken);

    public Task<JobProgress> WatchAsync(JobId job, JobCursor cursor, CancellationToken cancellationToken)
        => Coordinator(job).WatchAsync(cursor, cancellationToken);

    public Task<JobSummary> DescribeAsync(JobId job, CancellationToken cancellationToken)
        => Coordinator(job).DescribeAsync(cancellationToken);

    public Task<RecipeEnvelope> RecipeAsync(JobId job, CancellationToken cancellationToken)
        => Coordinator(job).RecipeAsync(cancellationToken);

    public Task InterruptAsync(JobId job, CancellationToken cancellationToken)
        => Coordinator(job).InterruptAsync(cancellationToken);

    public Task<ScaleResult> ScaleAsync(JobId job, int replicas, string? reason, CancellationToken cancellationToken)
        => Coordinator(job).ScaleAsync(replicas, reason, cancellationToken);

    public async Task<IReadOnlyList<JobSummary>> ListAsync(CancellationToken cancellationToken)
    {
        var jobs = await Catalog.ListAsync(cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll(jobs.Select(job => DescribeAsync(job, cancellationToken))).ConfigureAwait(false);
    }

    private IJobCatalogGrain Catalog => grains.GetGrain<IJobCatalogGrain>(0);

    private ICoordinatorGrain Coordinator(JobId job) => grains.GetGrain<ICoordinatorGrain>(job.Value);
}
