using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Commands;

/// <summary><c>scale JOB --replicas N</c>: gives a job of a cluster more or fewer replicas while it runs.</summary>
public static class ScaleCommand
{
    private const string Schema = "distgan.scale/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var job = ClusterArguments.Job();
        var replicas = new Option<int>("--replicas") { Description = "How many there are to be.", HelpName = "N", Required = true };
        var reason = new Option<string?>("--reason") { Description = "What the event log is to say about it.", HelpName = "TEXT" };
        var command = new Command("scale", "Gives a job that runs or waits more or fewer replicas: new ones start where slots are free, the highest ordinals end with a snapshot.")
        {
            job, replicas, reason, ClusterArguments.Cluster, CommonOptions.Output,
        };
        command.SetAction((parsed, cancellationToken) => ClusterSession.RunAsync(console, ClusterArguments.Address(parsed), async jobs =>
        {
            var id = new JobId(parsed.GetRequiredValue(job));
            var result = await jobs.ScaleAsync(id, parsed.GetRequiredValue(replicas), parsed.GetValue(reason), cancellationToken);
            Write(console, parsed.GetValue(CommonOptions.Output), id, Accepted(result));
            return ExitCodes.Done;
        }));
        return new(command,
        [
            new("distgan scale fashion --replicas 4", "returns at once; 'describe' shows who trains and who waits"),
        ]);
    }

    private static ScaleResult Accepted(ScaleResult result)
        => result.Accepted ? result : throw new CommandException(ExitCodes.Refused, result.Refusal ?? "The job cannot be scaled, and the cluster gives no reason.");

    private static void Write(CommandConsole console, OutputFormat format, JobId job, ScaleResult result)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["job"] = job.Value, ["replicas"] = result.Replicas });
        }
        else
        {
            console.Out.WriteLine($"{job} is to have {result.Replicas} replica{(result.Replicas == 1 ? "" : "s")}");
        }
    }
}
