using System.CommandLine;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Silo.Documents;

namespace DistGan.Client.Commands;

/// <summary><c>stop JOB</c>: ends a job of a cluster with a snapshot.</summary>
public static class StopCommand
{
    public static CommandEntry Create(CommandConsole console)
    {
        var job = ClusterArguments.Job();
        var command = new Command("stop", "Ends a job of a cluster: each replica finishes its step and takes a snapshot.") { job, ClusterArguments.Cluster, CommonOptions.Output };
        command.SetAction((parsed, cancellationToken) => ClusterSession.RunAsync(
            console, ClusterArguments.Address(parsed), jobs => RunAsync(console, parsed, jobs, new JobId(parsed.GetRequiredValue(job)), cancellationToken)));
        return new(command,
        [
            new("distgan stop fashion", "returns at once; 'wait' waits for the end"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, JobId job, CancellationToken cancellationToken)
    {
        await jobs.InterruptAsync(job, cancellationToken);
        var summary = await jobs.DescribeAsync(job, cancellationToken);
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, DocumentJson.Tree(JobDocument.Whole(summary)));
        }
        else
        {
            console.Out.WriteLine(summary.State is JobState.Running or JobState.Stopping
                ? $"{job} finishes its step and takes a snapshot"
                : $"{job} has ended ({summary.State.ToString().ToLowerInvariant()} at step {summary.Steps})");
            console.Out.WriteLine("next:");
            console.Out.WriteLine($"  {CommandForm.Of(["resume", job.Value, .. ClusterArguments.Again(parsed)])}");
        }

        return ExitCodes.Done;
    }
}
