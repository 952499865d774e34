using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Clusters;

/// <summary>Waits for the end of a job of a cluster, through restarts of its silos.</summary>
public sealed class JobWaiter(IJobControl jobs, TimeProvider time)
{
    /// <summary>Waits; the job as it stands at its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="limit">How long; null without a limit.</param>
    /// <param name="tell">Hears each event.</param>
    /// <exception cref="CommandException">The limit has passed.</exception>
    public async Task<JobSummary> WaitAsync(JobId job, TimeSpan? limit, Action<JobEvent> tell)
    {
        using var deadline = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, time);
        var follower = new JobFollower(jobs, new LastingCalls(time, static _ => { }));
        var state = JobState.Pending;
        try
        {
            await foreach (var progress in follower.FollowAsync(job, deadline.Token))
            {
                state = progress.State;
                foreach (var entry in progress.Events)
                {
                    tell(entry);
                }
            }
        }
        catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
        {
            throw new CommandException(
                ExitCodes.Unreachable, $"The job '{job}' has not ended within {limit?.TotalSeconds:0} seconds ({state.ToString().ToLowerInvariant()}); {Outlook(job, state)}", exception);
        }

        return await follower.DescribeAsync(job, CancellationToken.None);
    }

    private static string Outlook(JobId job, JobState state)
        => state == JobState.Paused ? $"it does not go on until it is resumed: {CommandForm.Of("resume", job.Value)}" : "it goes on, wait for it again.";
}
