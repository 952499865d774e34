using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Commands;

/// <summary><c>delete RUN_DIR|JOB</c>: removes a run, or a job of a cluster.</summary>
public static class DeleteCommand
{
    private const string Schema = "distgan.delete/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var folder = new Argument<string>("RUN_DIR|JOB") { Description = "The folder of a run, or the name of a job of a cluster." };
        var command = new Command("delete", "Removes a run with everything in it, after asking; never one that is running.") { folder, ClusterArguments.Cluster, CommonOptions.Yes, CommonOptions.Output };
        command.SetAction((parsed, cancellationToken) => ClusterArguments.AskedFor(parsed, parsed.GetRequiredValue(folder)) is { } cluster
            ? ClusterSession.RunAsync(console, cluster, jobs => DeleteJobAsync(console, parsed, jobs, new JobId(parsed.GetRequiredValue(folder)), cancellationToken))
            : RunAsync(console, parsed, parsed.GetRequiredValue(folder), cancellationToken));
        return new(command,
        [
            new("distgan delete runs/fashion-2", "asks, then removes"),
            new("distgan delete runs/fashion-2 --yes", "removes without asking, as a script must"),
            new("distgan delete fashion-2 --cluster lab", "a job of a cluster that has ended, with all its files"),
        ]);
    }

    private static async Task<int> DeleteJobAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, JobId job, CancellationToken cancellationToken)
    {
        var summary = await jobs.DescribeAsync(job, cancellationToken);
        if (!JobFollower.IsEnd(summary.State))
        {
            throw new CommandException(ExitCodes.Refused, $"The job '{job}' is {summary.State.ToString().ToLowerInvariant()}: only one that has ended can be deleted; stop it first.");
        }

        if (!Confirmation.Ask(console, parsed.GetValue(CommonOptions.Yes), $"Remove the job '{job}' ({Text.Count(summary.Steps, "step")}) with all its files in the cluster?"))
        {
            console.Error.WriteLine("Nothing is removed.");
            return ExitCodes.Refused;
        }

        var result = await jobs.DeleteAsync(job, cancellationToken);
        if (!result.Accepted)
        {
            throw new CommandException(ExitCodes.Refused, result.Refusal ?? $"The job '{job}' was not removed, and the cluster gives no reason.");
        }

        Write(console, parsed, job.Value, $"removed {job}");
        return ExitCodes.Done;
    }

    private static void Write(CommandConsole console, ParseResult parsed, string removed, string sentence)
    {
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["removed"] = removed });
        }
        else
        {
            console.Out.WriteLine(sentence);
        }
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, string asked, CancellationToken cancellationToken)
    {
        var catalog = RunOptions.Asked(parsed);
        if (await catalog.RefusalAsync(asked, cancellationToken) is { } refusal)
        {
            throw new CommandException(ExitCodes.Refused, refusal);
        }

        var facts = (await catalog.DescribeAsync(asked, cancellationToken)).Facts;
        if (!Confirmation.Ask(console, parsed.GetValue(CommonOptions.Yes), $"Remove the run '{asked}' ({Text.Count(facts.Steps, "step")}, {Text.Bytes(facts.Bytes)})?"))
        {
            console.Error.WriteLine("Nothing is removed.");
            return ExitCodes.Refused;
        }

        await catalog.DeleteAsync(asked, cancellationToken);
        Write(console, parsed, asked, $"removed {asked} ({Text.Bytes(facts.Bytes)})");
        return ExitCodes.Done;
    }
}
