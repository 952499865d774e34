using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using Orleans.Runtime;

namespace DistGan.Client.Clusters;

/// <summary>Waits for the end of a job of a cluster, through restarts of its silos.</summary>
public sealed class JobWaiter(IJobControl jobs, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Waits; the job as it stands at its end.</summary>
    /// <param name="job">The job.</param>
    /// <param name="limit">How long; null without a limit.</param>
    /// <param name="tell">Hears each event.</param>
    /// <exception cref="CommandException">The limit has passed.</exception>
    public async Task<JobSummary> WaitAsync(JobId job, TimeSpan? limit, Action<JobEvent> tell)
    {
        using var deadline = new CancellationTokenSource(limit ?? Timeout.InfiniteTimeSpan, time);
        var (cursor, heard, state) = (default(JobCursor), time.GetTimestamp(), JobState.Pending);
        while (state is not (JobState.Completed or JobState.Interrupted or JobState.Failed))
        {
            try
            {
                var progress = await jobs.WatchAsync(job, cursor, CancellationToken.None).WaitAsync(deadline.Token);
                (cursor, heard, state) = (progress.Cursor, time.GetTimestamp(), progress.State);
                foreach (var entry in progress.Events)
                {
                    tell(entry);
                }
            }
            catch (OperationCanceledException exception) when (deadline.IsCancellationRequested)
            {
                throw new CommandException(
                    ExitCodes.Unreachable, $"The job '{job}' has not ended within {limit?.TotalSeconds:0} seconds ({state.ToString().ToLowerInvariant()}); it goes on, wait for it again.", exception);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException && time.GetElapsedTime(heard) < Patience)
            {
                await Task.Delay(RetryAfter, time);
            }
        }

        return await jobs.DescribeAsync(job, CancellationToken.None);
    }
}
