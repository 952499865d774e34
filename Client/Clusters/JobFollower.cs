using System.Runtime.CompilerServices;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Clusters;

/// <summary>Follows a job of a cluster through lost connections, without missing or repeating an event.</summary>
/// <param name="jobs">The jobs of the cluster.</param>
/// <param name="calls">How long a silent cluster is asked again.</param>
public sealed class JobFollower(IJobControl jobs, LastingCalls calls)
{
    /// <summary>Whether a job trains no more, now or later by itself.</summary>
    public static bool IsEnd(JobState state) => state is JobState.Completed or JobState.Interrupted or JobState.Failed;

    /// <summary>What is new, as it comes, up to the end of the job. The cursor moves with answers alone, so what is asked again begins where the last answer ended.</summary>
    public async IAsyncEnumerable<JobProgress> FollowAsync(JobId job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = default(JobCursor);
        while (true)
        {
            var from = cursor;
            var progress = await calls.CallAsync(token => jobs.WatchAsync(job, from, token), cancellationToken);
            cursor = progress.Cursor;
            yield return progress;
            if (IsEnd(progress.State))
            {
                yield break;
            }
        }
    }

    /// <summary>The job as it stands.</summary>
    public Task<JobSummary> DescribeAsync(JobId job, CancellationToken cancellationToken) => calls.CallAsync(token => jobs.DescribeAsync(job, token), cancellationToken);
}
