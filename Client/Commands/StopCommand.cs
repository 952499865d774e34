using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Silo.Documents;

namespace DistGan.Client.Commands;

/// <summary><c>stop JOB</c>: ends a job of a cluster with a snapshot, or at once.</summary>
public static class StopCommand
{
    private static readonly Option<bool> Now = new("--now") { Description = "Without a snapshot and without waiting for workers: what was trained after the newest snapshot is lost." };

    public static CommandEntry Create(CommandConsole console)
    {
        var job = ClusterArguments.Job();
        var command = new Command("stop", "Ends a job of a cluster: each replica finishes its step and takes a snapshot.") { job, Now, ClusterArguments.Cluster, CommonOptions.Output };
        command.SetAction((parsed, cancellationToken) => ClusterSession.RunAsync(
            console, ClusterArguments.Address(parsed), jobs => RunAsync(console, parsed, jobs, new JobId(parsed.GetRequiredValue(job)), cancellationToken)));
        return new(command,
        [
            new("distgan stop fashion", "returns at once; 'wait' waits for the end"),
            new("distgan stop fashion --now", "frees its slots at once, even where a worker does not answer; says how many steps are lost"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, JobId job, CancellationToken cancellationToken)
    {
        var cost = parsed.GetValue(Now) ? await jobs.StopNowAsync(job, cancellationToken) : null;
        if (cost is null)
        {
            await jobs.InterruptAsync(job, cancellationToken);
        }

        var summary = await jobs.DescribeAsync(job, cancellationToken);
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, Document(summary, cost));
            return ExitCodes.Done;
        }

        console.Out.WriteLine($"{End(summary, cost)}{Loss(cost)}");
        NextCommands.WriteAfterStop(console.Out, summary, canResume: cost?.CanResume ?? CanResume(summary), ClusterArguments.Again(parsed));
        return ExitCodes.Done;
    }

    /// <summary>One that still ends takes a snapshot first.</summary>
    private static bool CanResume(JobSummary summary) => !JobFollower.IsEnd(summary.State) || summary.Files.ContainsKey("snapshot");

    private static JsonObject Document(JobSummary summary, StopResult? cost)
    {
        var document = DocumentJson.Tree(JobDocument.Whole(summary));
        if (cost is not null)
        {
            (document["steps_lost"], document["can_resume"]) = (cost.StepsLost, cost.CanResume);
        }

        return document;
    }

    private static string End(JobSummary summary, StopResult? cost)
        => JobFollower.IsEnd(summary.State) ? $"{summary.Job} has ended ({summary.State.ToString().ToLowerInvariant()} at step {summary.Steps})"
            : cost is null ? $"{summary.Job} finishes its step and takes a snapshot"
            : $"{summary.Job} ends, and its slots are free";

    private static string Loss(StopResult? cost)
        => cost is null or { StepsLost: 0 } ? ""
            : cost.CanResume ? $"; {Text.Count(cost.StepsLost, "step")} after its newest snapshot {(cost.StepsLost == 1 ? "is" : "are")} lost, or a few more than it had reported"
            : $"; it had no snapshot, so all {Text.Count(cost.StepsLost, "step")} are lost and it cannot be resumed";
}
