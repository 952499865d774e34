using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Grains.Interfaces.Data;
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

    public Task<StopResult> StopNowAsync(JobId job, CancellationToken cancellationToken)
        => Coordinator(job).StopNowAsync(cancellationToken);

    public Task<ScaleResult> ScaleAsync(JobId job, int replicas, string? reason, CancellationToken cancellationToken)
        => Coordinator(job).ScaleAsync(replicas, reason, cancellationToken);

    public Task<ActionResult> PauseAsync(JobId job, CancellationToken cancellationToken) => Coordinator(job).PauseAsync(cancellationToken);

    public Task<ActionResult> SnapshotAsync(JobId job, CancellationToken cancellationToken) => Coordinator(job).SnapshotAsync(cancellationToken);

    public Task<ActionResult> DeleteAsync(JobId job, CancellationToken cancellationToken) => Catalog.DeleteAsync(job, cancellationToken);

    public async Task<IReadOnlyList<JobSummary>> ListAsync(CancellationToken cancellationToken)
    {
        var jobs = await Catalog.ListAsync(cancellationToken).ConfigureAwait(false);
        var summaries = await Task.WhenAll(jobs.Select(job => TryDescribeAsync(job, cancellationToken))).ConfigureAwait(false);
        return [.. summaries.OfType<JobSummary>()];
    }

    /// <summary>What is said of a job; null of one that is about to be made or removed.</summary>
    private async Task<JobSummary?> TryDescribeAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            return await DescribeAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (UnknownJobException)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<string>> ListFilesAsync(JobId job, string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        int count;
        do
        {
            var answer = await Files(job).ListAsync(prefix, names.LastOrDefault(), cancellationToken).ConfigureAwait(false);
            names.AddRange(answer);
            count = answer.Count;
        }
        while (count == IArtifactReaderGrain.NamesInAnswer);

        return names;
    }

    public Task<ArtifactChunk?> ReadFileAsync(JobId job, string name, long offset, CancellationToken cancellationToken)
        => Files(job).ReadAsync(name, offset, cancellationToken);

    public IStoredDataGrain Data(string id) => grains.GetGrain<IStoredDataGrain>(id);

    private IArtifactReaderGrain Files(JobId job) => grains.GetGrain<IArtifactReaderGrain>(job.Value);

    private IJobCatalogGrain Catalog => grains.GetGrain<IJobCatalogGrain>(0);

    private ICoordinatorGrain Coordinator(JobId job) => grains.GetGrain<ICoordinatorGrain>(job.Value);
}
