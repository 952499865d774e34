using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;

namespace DistGan.Client.Clusters;

/// <summary>Jobs of a cluster for a person.</summary>
public static class JobText
{
    private const int Width = 11;

    /// <summary>The exit code of a command that has waited for the end of a job.</summary>
    public static int ExitCodeOf(JobState end) => end switch
    {
        JobState.Completed => ExitCodes.Done,
        JobState.Interrupted => ExitCodes.Interrupted,
        _ => ExitCodes.Failed,
    };

    /// <summary>A line a job.</summary>
    public static void WriteList(TextWriter writer, IEnumerable<JobSummary> jobs, bool wide)
    {
        string[] further = wide ? ["#images", "files"] : [];
        var table = new TextTable(["job", "state", "#replicas", "#steps", "#time", "#images/s", "score", .. further]);
        foreach (var job in jobs)
        {
            string[] more = wide ? [$"{job.Images}", string.Join(' ', job.Files.Keys.Order(StringComparer.Ordinal))] : [];
            table.Add([job.Job.Value, State(job), $"{Wanted(job)}", $"{job.Steps}", Time(job.Seconds), Text.Number(job.ImagesPerSecond), Scores(job.Scores.Take(1)), .. more]);
        }

        table.Write(writer);
    }

    /// <summary>One screen about one job.</summary>
    public static void Write(TextWriter writer, JobSummary job, string? recipe = null)
    {
        Line(writer, "job", job.Job.Value);
        if (recipe is not null)
        {
            Line(writer, "recipe", recipe);
        }

        Line(writer, "state", job.Failure is null ? State(job) : $"{State(job)}: {job.Failure}");
        Line(writer, "progress", $"{Text.Count(job.Steps, "step")}, {Text.Count(job.Images, "image")} in {Time(job.Seconds)} ({Text.Number(job.ImagesPerSecond)} images/s)");
        foreach (var score in job.Scores.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            Line(writer, score.Key, Text.Score(score.Value));
        }

        foreach (var replica in job.Replicas.Where(_ => job.Replicas.Count > 1))
        {
            var outcome = replica.Outcome?.ToString().ToLowerInvariant() ?? (replica.Waiting ? "waiting" : "running");
            Line(writer, $"replica {replica.Replica}", $"{outcome} at step {replica.Step}  {Scores(replica.Scores)}{(replica.Replica == job.BestReplica ? "  (best)" : "")}{(replica.Failure is null ? "" : $"  {replica.Failure}")}");
        }

        Line(writer, "files", $"in the cluster's object store under {job.Folder}");
        foreach (var file in job.Files.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            Line(writer, file.Key, file.Value);
        }
    }

    /// <summary>The last events, a line each.</summary>
    public static void WriteEvents(TextWriter writer, IReadOnlyList<JobEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        writer.WriteLine("last events");
        var table = new TextTable("", "", "");
        foreach (var entry in events)
        {
            table.Add($"  {entry.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}", entry.Kind, entry.Message);
        }

        table.WriteRows(writer);
    }

    /// <summary>A job that runs may have replicas that do not.</summary>
    private static string State(JobSummary job)
    {
        var waiting = job.Replicas.Count(static replica => replica.Waiting);
        return $"{job.State.ToString().ToLowerInvariant()}{(job.State == JobState.Running && waiting > 0 ? $" ({waiting} of {Wanted(job)} {(waiting == 1 ? "waits" : "wait")})" : "")}";
    }

    /// <summary>Those that the job was scaled down by are no replicas of it any more.</summary>
    private static int Wanted(JobSummary job) => job.Replicas.Count(static replica => replica.Outcome != ReplicaOutcome.Retired);

    private static string Time(double seconds) => Text.Duration(TimeSpan.FromSeconds(seconds));

    private static string Scores(IEnumerable<KeyValuePair<string, double>> scores)
        => string.Join("  ", scores.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key} {Text.Score(pair.Value)}")) is { Length: > 0 } text ? text : Text.None;

    private static void Line(TextWriter writer, string name, string value) => writer.WriteLine($"{name.PadRight(Width)}{(name.Length >= Width ? " " : "")}{value}");
}
