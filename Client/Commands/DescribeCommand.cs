using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Runs.Catalog;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using DistGan.Silo.Documents;

namespace DistGan.Client.Commands;

/// <summary><c>describe RUN_DIR</c>: everything about a run on one screen.</summary>
public static class DescribeCommand
{
    private const string Schema = "distgan.describe/1";
    private const int ShownEvents = 10;

    public static CommandEntry Create(CommandConsole console)
    {
        var run = new Argument<string>("RUN_DIR|JOB") { Description = "The folder of a run, or the name of a job of a cluster." };
        var command = new Command("describe", "Shows everything about a run: recipe, state, progress, scores, snapshots, files, last events.") { run, ClusterArguments.Cluster, CommonOptions.Output };
        command.SetAction((parsed, cancellationToken) => ClusterArguments.AskedFor(parsed, parsed.GetRequiredValue(run)) is { } cluster
            ? ClusterSession.RunAsync(console, cluster, jobs => DescribeJobAsync(console, jobs, new JobId(parsed.GetRequiredValue(run)), parsed.GetValue(CommonOptions.Output), cancellationToken))
            : RunAsync(console, parsed, parsed.GetRequiredValue(run), cancellationToken));
        return new(command,
        [
            new("distgan describe runs/fashion", "one screen"),
            new("distgan describe runs/fashion -o json", "the same for a program, with the whole recipe"),
            new("distgan describe fashion --cluster localhost", "a job of a cluster"),
        ]);
    }

    private static async Task<int> DescribeJobAsync(CommandConsole console, IJobControl jobs, JobId job, OutputFormat format, CancellationToken cancellationToken)
    {
        var summary = await jobs.DescribeAsync(job, cancellationToken);
        var recipe = (await jobs.RecipeAsync(job, cancellationToken)).Json;
        var events = await JobHistory.LastAsync(jobs, job, ShownEvents, cancellationToken);
        if (format == OutputFormat.Json)
        {
            var document = DocumentJson.Tree(JobDocument.Whole(summary));
            document["events"] = new JsonArray([.. events.Select(static entry => (JsonNode)Event(entry.Sequence, entry.Time, entry.Kind, entry.Replica, entry.Message))]);
            document["recipe"] = JsonNode.Parse(recipe.Span);
            JsonOutput.Write(console.Out, document);
        }
        else
        {
            JobText.Write(console.Out, summary, JobFacts.Of(RecipeJson.Deserialize(recipe.Span), "").Description);
            JobText.WriteEvents(console.Out, events);
        }

        return ExitCodes.Done;
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, string asked, CancellationToken cancellationToken)
    {
        var description = await RunOptions.Asked(parsed).DescribeAsync(asked, cancellationToken);
        if (parsed.GetValue(CommonOptions.Output) == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, Document(description));
        }
        else
        {
            new DescriptionText(description, console.Time.GetUtcNow()).Write(console.Out);
        }

        return ExitCodes.Done;
    }

    private static JsonObject Document(RunDescription description)
    {
        var document = RunDocument.Of(description.Facts);
        document.Insert(0, "schema", Schema);
        document["snapshots"] = new JsonArray([.. description.Snapshots.Select(static entry => (JsonNode)new JsonObject
        {
            ["replica"] = entry.Replica,
            ["steps"] = new JsonArray([.. entry.Steps.Select(static step => (JsonNode)step)]),
        })]);
        document["samples"] = new JsonArray([.. description.Samples.Select(static step => (JsonNode)step)]);
        document["files"] = new JsonArray([.. description.Files.Select(static file => (JsonNode)new JsonObject { ["name"] = file.Name, ["bytes"] = file.Bytes })]);
        document["events"] = new JsonArray([.. description.Events.Select(static entry => (JsonNode)Event(entry.Sequence, entry.Time, entry.Kind, entry.Replica, entry.Message))]);
        document["machine"] = new JsonObject(description.Machine.Select(static fact => KeyValuePair.Create(fact.Name, (JsonNode?)fact.Value)));
        document["recipe"] = description.Recipe is { } recipe ? JsonNode.Parse(RecipeJson.Serialize(recipe)) : null;
        return document;
    }

    private static JsonObject Event(long sequence, DateTimeOffset? time, string kind, int? replica, string message) => new()
    {
        ["sequence"] = sequence,
        ["time"] = time?.UtcDateTime,
        ["kind"] = kind,
        ["replica"] = replica,
        ["message"] = message,
    };
}
