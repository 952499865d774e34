using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Reports;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Jobs;

/// <summary>What is said at the end of a job, and its exit code.</summary>
public sealed class EndReport(CommandConsole console, TrainPlan plan, bool json)
{
    private const int LeastWidth = 10;

    private readonly bool _several = plan.Recipe.Topology.Replicas > 1;
    private readonly string _folder = CommandForm.PathOf(plan.RunFolder, Environment.CurrentDirectory);

    /// <summary>Writes the end; standard output carries the summary document alone where JSON was asked for.</summary>
    public int Write(JobSummary summary)
    {
        var writer = json ? console.Error : console.Out;
        switch (summary.State)
        {
            case JobState.Completed:
                WriteCompleted(writer, summary);
                break;
            case JobState.Interrupted:
                WriteInterrupted(writer, summary);
                break;
            default:
                WriteFailed(summary);
                break;
        }

        if (json)
        {
            WriteDocument(console, plan.RunFolder);
        }

        return summary.State switch
        {
            JobState.Completed => ExitCodes.Done,
            JobState.Interrupted => ExitCodes.Interrupted,
            _ => ExitCodes.Failed,
        };
    }

    private void WriteCompleted(TextWriter writer, JobSummary summary)
    {
        writer.WriteLine($"{summary.Job} is done: {Text.Count(summary.Steps, "step")}, {Text.Count(summary.Images, "image")} in {Text.Duration(TimeSpan.FromSeconds(summary.Seconds))} ({Text.Number(summary.ImagesPerSecond)} images/s).");
        var width = Width(summary);
        foreach (var (metric, value) in summary.Scores.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteLine($"  {metric.PadRight(width)} {Text.Score(value)}{(_several && summary.BestReplica is { } best ? $"  (replica {best}, the best)" : "")}");
        }

        if (Findings.Of(plan.RunFolder) is { } findings)
        {
            writer.WriteLine($"  {findings}");
        }

        WriteReplicas(writer, summary);
        WriteFiles(writer, summary);
        writer.WriteLine("next:");
        writer.WriteLine($"  {CommandForm.Of("samples", _folder)}");
        writer.WriteLine($"  {CommandForm.Of("train", "--resume", _folder, "--steps", $"{summary.Steps * 2}")}");
    }

    private void WriteInterrupted(TextWriter writer, JobSummary summary)
    {
        var newest = SnapshotFolders.NewestSteps(plan.RunFolder, summary.Replicas.Count);
        var lost = summary.Replicas.Sum(replica => replica.Step - NewestStep(replica.Replica));
        var kept = newest.Count == 0 ? "there is no snapshot of it"
            : lost > 0 ? $"its newest snapshot is of step {newest.Min()}, so {Text.Count(lost, "step")} will be done again"
            : "a snapshot is saved";
        writer.WriteLine($"{summary.Job} is interrupted at step {summary.Steps}; {kept}.");
        WriteReplicas(writer, summary);
        WriteFiles(writer, summary);
        writer.WriteLine(newest.Count == 0 ? "start again with:" : "go on with:");
        writer.WriteLine($"  {(newest.Count == 0 ? CommandForm.Of("train", Path.Combine(_folder, RunFiles.Recipe)) : CommandForm.Of("train", "--resume", _folder))}");
    }

    /// <summary>The step that a replica would go on from.</summary>
    private long NewestStep(int replica) => SnapshotFolders.StepsOf(plan.RunFolder, replica) is [.., var newest] ? newest : 0;

    private void WriteFailed(JobSummary summary)
    {
        console.Error.WriteLine($"{summary.Job} failed at step {summary.Steps}: {summary.Failure ?? "no reason was given"}");
        if (Findings.Of(plan.RunFolder) is { } findings)
        {
            console.Error.WriteLine(findings);
        }

        var log = Path.Combine(plan.RunFolder, LogFile);
        if (File.Exists(log))
        {
            console.Error.WriteLine($"details are in {Path.Combine(_folder, LogFile)}");
        }
    }

    /// <summary>The log of a run, relative to its folder.</summary>
    public const string LogFile = "logs/distgan.log";

    /// <summary>One line a replica where there are several.</summary>
    private static void WriteReplicas(TextWriter writer, JobSummary summary)
    {
        foreach (var replica in summary.Replicas.Where(_ => summary.Replicas.Count > 1))
        {
            var scores = string.Concat(replica.Scores.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"  {pair.Key} {Text.Score(pair.Value)}"));
            var best = replica.Replica == summary.BestReplica ? "  (best)" : "";
            var failure = replica.Failure is null ? "" : $"  {replica.Failure}";
            writer.WriteLine($"  r{replica.Replica} {replica.Outcome?.ToString().ToLowerInvariant() ?? "running"} at step {replica.Step}{scores}{best}{failure}");
        }
    }

    private void WriteFiles(TextWriter writer, JobSummary summary)
    {
        var report = File.Exists(Path.Combine(plan.RunFolder, RunReport.FileName)) ? [KeyValuePair.Create("report", RunReport.FileName)] : Array.Empty<KeyValuePair<string, string>>();
        var width = Width(summary);
        foreach (var (role, path) in summary.Files.Concat(report).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WriteLine($"  {role.PadRight(width)} {Path.Combine(_folder, path)}{WhoseFile(role, summary.BestReplica)}");
        }
    }

    /// <summary>The coordinator names replica 0's picture and snapshot; with several, a reader would take them for the best one's.</summary>
    private string WhoseFile(string role, int? best)
        => !_several || role is not ("samples" or "snapshot") ? ""
            : best is > 0 ? $"  (of replica 0; the best is replica {best})"
            : $"  (of replica 0{(best is 0 ? ", the best" : "")})";

    private static int Width(JobSummary summary) => summary.Scores.Keys.Select(static name => name.Length).Append(LeastWidth).Max();

    /// <summary>Prints the summary that the run folder holds.</summary>
    public static int WriteDocument(CommandConsole console, string runFolder)
    {
        var path = Path.Combine(runFolder, RunFiles.Summary);
        if (File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is { } document)
        {
            JsonOutput.Write(console.Out, document);
        }

        return ExitCodes.Done;
    }
}
