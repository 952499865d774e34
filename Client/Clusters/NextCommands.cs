using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Clusters;

/// <summary>What may be done next with a job, as command lines.</summary>
internal static class NextCommands
{
    /// <summary>Writes those that fit its state.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="job">The job.</param>
    /// <param name="cluster">What to add to a command about the same cluster.</param>
    public static void Write(TextWriter writer, JobSummary job, IReadOnlyList<string> cluster)
    {
        string[][] all = job.State switch
        {
            JobState.Completed => [["samples", job.Job.Value], ["resume", job.Job.Value, "--steps", $"{job.Steps * 2}"]],
            JobState.Interrupted or JobState.Paused => [["resume", job.Job.Value]],
            JobState.Failed => [["logs", job.Job.Value], ["resume", job.Job.Value]],
            _ => [["watch", job.Job.Value], ["describe", job.Job.Value], ["stop", job.Job.Value]],
        };
        Write(writer, all, cluster);
    }

    /// <summary>Writes what may be done with a job that was asked to stop, before it has ended or after.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="job">The job.</param>
    /// <param name="canResume">Whether there is, or will be, a snapshot to go on from.</param>
    /// <param name="cluster">What to add to a command about the same cluster.</param>
    public static void WriteAfterStop(TextWriter writer, JobSummary job, bool canResume, IReadOnlyList<string> cluster)
        => Write(writer, canResume ? [["resume", job.Job.Value]] : [["delete", job.Job.Value]], cluster);

    private static void Write(TextWriter writer, IEnumerable<string[]> all, IReadOnlyList<string> cluster)
    {
        writer.WriteLine("next:");
        foreach (var words in all)
        {
            writer.WriteLine($"  {CommandForm.Of([.. words, .. cluster])}");
        }
    }
}
