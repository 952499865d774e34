using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Clusters;

/// <summary>What has happened to a job of a cluster.</summary>
internal static class JobHistory
{
    /// <summary>Its newest events, in their order.</summary>
    public static async Task<IReadOnlyList<JobEvent>> LastAsync(IJobControl jobs, JobId job, int count, CancellationToken cancellationToken)
    {
        var kept = new Queue<JobEvent>(count + 1);
        var cursor = default(JobCursor);
        while (true)
        {
            var progress = await jobs.WatchAsync(job, cursor, cancellationToken);
            foreach (var entry in progress.Events)
            {
                kept.Enqueue(entry);
                if (kept.Count > count)
                {
                    _ = kept.Dequeue();
                }
            }

            if (progress.Events.Count < ICoordinatorGrain.EventsInAnswer)
            {
                return [.. kept];
            }

            cursor = progress.Cursor;
        }
    }
}
