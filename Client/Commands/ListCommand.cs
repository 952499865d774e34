using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Runs.Contents;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using DistGan.Silo.Documents;

namespace DistGan.Client.Commands;

/// <summary><c>list</c>: the runs that there are.</summary>
public static class ListCommand
{
    private const string Schema = "distgan.list/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var command = new Command("list", "Lists runs, the newest first: state, steps, snapshot, size, age, last score; with --cluster, the jobs of a cluster.") { RunOptions.Runs, ClusterArguments.Cluster, CommonOptions.Output };
        command.Validators.Add(ClusterArguments.RefuseFolders);
        command.SetAction((parsed, cancellationToken) => ClusterArguments.Asked(parsed) is { } cluster
            ? ClusterSession.RunAsync(console, cluster, jobs => ListJobsAsync(console, jobs, parsed.GetValue(CommonOptions.Output), cancellationToken))
            : RunAsync(console, parsed, cancellationToken));
        return new(command,
        [
            new("distgan list", "the runs in ./runs"),
            new("distgan list --runs experiments -o wide", "those of another folder, with times and rates"),
            new("distgan list -o json", "for a program"),
            new("distgan list --cluster localhost", "the jobs of a cluster"),
        ]);
    }

    private static async Task<int> ListJobsAsync(CommandConsole console, IJobControl control, OutputFormat format, CancellationToken cancellationToken)
    {
        var jobs = await control.ListAsync(cancellationToken);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, DocumentJson.Tree(JobListDocument.Of(jobs)));
        }
        else if (jobs.Count == 0)
        {
            console.Out.WriteLine("The cluster has no jobs.");
        }
        else
        {
            JobText.WriteList(console.Out, jobs, format == OutputFormat.Wide);
        }

        return ExitCodes.Done;
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, CancellationToken cancellationToken)
    {
        var runs = await RunOptions.Asked(parsed).ListAsync(cancellationToken);
        var format = parsed.GetValue(CommonOptions.Output);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["runs"] = new JsonArray([.. runs.Select(static run => (JsonNode)RunDocument.Of(run))]) });
        }
        else if (runs.Count == 0)
        {
            console.Out.WriteLine($"There are no runs in '{parsed.GetValue(RunOptions.Runs)}'; make one with: {CommandForm.Of("train")}");
            if (ClusterProfiles.OfUser().File.DefaultName is { } cluster)
            {
                console.Out.WriteLine($"for the jobs of {cluster}: {CommandForm.Of("list", ClusterArguments.Cluster.Name, cluster)}");
            }
        }
        else
        {
            Write(console, runs, format == OutputFormat.Wide);
        }

        return ExitCodes.Done;
    }

    private static void Write(CommandConsole console, IReadOnlyList<RunFacts> runs, bool wide)
    {
        string[] further = wide ? ["name", "#replicas", "#time", "#images/s"] : [];
        var table = new TextTable(["run", "state", "#steps", "#snapshot", "#size", "#age", "score", .. further]);
        foreach (var run in runs)
        {
            string[] more = wide
                ? [run.Name, $"{run.Replicas}", run.Seconds is { } seconds ? Text.Duration(TimeSpan.FromSeconds(seconds)) : Text.None, Text.Number(run.ImagesPerSecond)]
                : [];
            table.Add([
                CommandForm.PathOf(run.Place, Environment.CurrentDirectory),
                run.StateName,
                run.Budget is { } budget && budget != run.Steps ? $"{run.Steps}/{budget}" : $"{run.Steps}",
                run.Snapshot?.ToString() ?? Text.None,
                Text.Bytes(run.Bytes),
                Ages.Write(console.Time.GetUtcNow() - run.Updated),
                Score(run.Scores),
                .. more,
            ]);
        }

        table.Write(console.Out);
    }

    /// <summary>The first score; modes with how many of them are solid, without which they say little.</summary>
    private static string Score(IReadOnlyList<ScoreFacts> scores)
    {
        if (scores is not [var first, ..])
        {
            return Text.None;
        }

        var solid = first.Name == MetricNames.Modes ? scores.FirstOrDefault(static score => score.Name == MetricNames.SolidModes) : null;
        return $"{first.Name} {Text.Score(first.Last)}{(solid is null ? "" : $" ({Text.Score(solid.Last)} solid)")}";
    }
}
