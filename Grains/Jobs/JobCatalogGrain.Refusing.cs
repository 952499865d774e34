using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using Microsoft.Extensions.Logging;

namespace DistGan.Grains.Jobs;

/// <summary>What the catalog remembers of a submission that was refused: nothing, where its coordinator does not either.</summary>
internal sealed partial class JobCatalogGrain
{
    /// <summary>A job of which nothing is left is none. Files that were uploaded for it wait for the next submission, as <see cref="Abandoned"/> says. What fails here does not hide the refusal.</summary>
    private async Task TryForgetRefusedAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        try
        {
            if (!await ExistsAsync(submission.Job, cancellationToken) && storage.State.Jobs.Remove(submission.Job.Value))
            {
                await storage.WriteStateAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or DistGanException)
        {
            LogRemembered(logger, submission.Job, exception);
        }
    }

    private async Task<bool> ExistsAsync(JobId job, CancellationToken cancellationToken)
    {
        try
        {
            _ = await GrainFactory.GetGrain<ICoordinatorGrain>(job.Value).DescribeAsync(cancellationToken);
            return true;
        }
        catch (UnknownJobException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What there may be of job {Job}, whose submission was refused, could not be looked after; delete removes it")]
    private static partial void LogRemembered(ILogger logger, JobId job, Exception exception);
}
