using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Clusters;

/// <summary>What may be done next with a job, as command lines.</summary>
public static class NextCommands
{
    /// <summary>Writes those that fit its state.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="job">The job.</param>
    /// <param name="cluster">What to add to a command about the same cluster.</param>
    public static void Write(TextWriter writer, JobSummary job, IReadOnlyList<string> cluster)
    {
        string[][] all = job.State switch
        {
            JobState.Completed => [["samples", job.Job.Value], ["generate", job.Job.Value, "--out", $"{job.Job.Value}.png"], GoOn(job)],
            JobState.Paused => [["resume", job.Job.Value]],
            JobState.Interrupted => [GoOn(job)],
            JobState.Failed => [["logs", job.Job.Value], GoOn(job)],
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
        => Write(writer, [job.State == JobState.Completed ? GoOn(job) : [canResume ? "resume" : "delete", job.Job.Value]], cluster);

    /// <summary>A job that is done needs a larger budget. One without a snapshot cannot be resumed; its name is free again once it is removed.</summary>
    private static string[] GoOn(JobSummary job) => job.State == JobState.Completed
        ? ["resume", job.Job.Value, "--steps", $"{job.Steps * 2}"]
        : [job.Files.ContainsKey("snapshot") ? "resume" : "delete", job.Job.Value];

    private static void Write(TextWriter writer, IEnumerable<string[]> all, IReadOnlyList<string> cluster)
    {
        writer.WriteLine("next:");
        foreach (var words in all)
        {
            writer.WriteLine($"  {CommandForm.Of([.. words, .. cluster])}");
        }
    }
}
