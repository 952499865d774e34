using System.Text.RegularExpressions;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Jobs;

/// <summary>The list of jobs; their coordinators know everything else.</summary>
internal sealed partial class JobCatalogGrain(
    [PersistentState("job-catalog", GrainStorageNames.Objects)] IPersistentState<JobCatalogState> storage,
    IJobPaths paths,
    IObjectStore store,
    TimeProvider time,
    ILogger<JobCatalogGrain> logger) : Grain, IJobCatalogGrain
{
    public async Task<SubmitResult> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken = default)
    {
        var job = submission.Job.Value;
        if (job is null || !Allowed().IsMatch(job))
        {
            return new SubmitResult
            {
                Accepted = false,
                Refusal = $"The job id '{job}' is not allowed: use 1 to 100 letters, digits, '.', '_' and '-', the first a letter or digit.",
            };
        }

        if (await MissingDataAsync(submission, cancellationToken) is { } refusal)
        {
            return new SubmitResult { Accepted = false, Refusal = refusal };
        }

        // First, so that whatever the submission leaves behind where it is broken off belongs to a job that can be seen and deleted.
        if (!storage.State.Jobs.Contains(job))
        {
            storage.State.Jobs.Add(job);
            await storage.WriteStateAsync(cancellationToken);
        }

        var result = await GrainFactory.GetGrain<ICoordinatorGrain>(job).SubmitAsync(submission, cancellationToken);
        if (!result.Accepted)
        {
            await TryForgetRefusedAsync(submission, cancellationToken);
        }

        return result;
    }

    public async Task<ActionResult> DeleteAsync(JobId job, CancellationToken cancellationToken = default)
    {
        ActionResult result;
        var data = await TryStoredDataAsync(job, cancellationToken);
        try
        {
            result = await GrainFactory.GetGrain<ICoordinatorGrain>(job.Value).DeleteAsync(cancellationToken);
        }
        catch (UnknownJobException) when (storage.State.Jobs.Contains(job.Value))
        {
            // An earlier call was broken off between the two.
            result = ActionResult.Done;
        }

        if (result.Accepted && storage.State.Jobs.Remove(job.Value))
        {
            await storage.WriteStateAsync(cancellationToken);
        }

        if (result.Accepted && HasFolder(job))
        {
            await ForgetAsync(data, cancellationToken);
        }

        return result;
    }

    public Task<IReadOnlyList<JobId>> ListAsync(CancellationToken cancellationToken = default)
        => Task.FromResult<IReadOnlyList<JobId>>([.. storage.State.Jobs.Select(static job => new JobId(job))]);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Allowed();
}
