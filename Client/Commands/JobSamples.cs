using System.Globalization;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using Spectre.Console;

namespace DistGan.Client.Commands;

/// <summary>The pictures of a job of a cluster.</summary>
internal static class JobSamples
{
    /// <summary>Shows a picture, or copies it.</summary>
    /// <param name="console">The console.</param>
    /// <param name="jobs">The jobs of the cluster.</param>
    /// <param name="job">The job.</param>
    /// <param name="which">The step, null for the newest, and the replica.</param>
    /// <param name="copy">The file to write; null to show it.</param>
    /// <param name="schema">Of the document; null for text.</param>
    /// <exception cref="CommandException">There is no such picture.</exception>
    public static async Task<int> RunAsync(CommandConsole console, IJobControl jobs, JobId job, (long? At, int Replica) which, string? copy, string? schema)
    {
        var summary = await jobs.DescribeAsync(job, CancellationToken.None);
        var files = new JobFiles(jobs, new LastingCalls(console.Time, console.Error.WriteLine));
        var folder = RunFiles.SamplesOf(which.Replica);
        var steps = (await files.ListAsync(job, folder, CancellationToken.None)).Select(name => StepOf(name[folder.Length..])).OfType<long>().ToList();
        if (steps.Count == 0 || (which.At is { } at && !steps.Contains(at)))
        {
            var those = steps.Count == 0 ? "there are none yet" : $"there are those of steps {string.Join(", ", steps.TakeLast(10))}";
            throw new CommandException(ExitCodes.NotFound, $"The job '{job}' has no picture of replica {which.Replica}{(which.At is { } step ? $" of step {step}" : "")}: {those}.");
        }

        var name = RunFiles.Samples(which.Replica, which.At ?? steps.Max());
        var content = await files.ReadAsync(job, name, CancellationToken.None) ?? throw new CommandException(ExitCodes.NotFound, $"The job '{job}' has no file '{name}' any more.");
        if (copy is not null)
        {
            ReplacedFile.Write(copy, content);
        }

        if (schema is not null)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = schema, ["step"] = which.At ?? steps.Max(), ["replica"] = which.Replica, ["best_replica"] = summary.BestReplica, ["file"] = copy ?? name });
            return ExitCodes.Done;
        }

        if (console.IsTerminal && copy is null)
        {
            Draw(console, JobFacts.Of(RecipeJson.Deserialize((await jobs.RecipeAsync(job, CancellationToken.None)).Json.Span), ""), content);
        }

        console.Out.WriteLine(copy ?? name);
        return ExitCodes.Done;
    }

    private static void Draw(CommandConsole console, JobFacts facts, byte[] content)
    {
        var terminal = Terminals.Create(console);
        if (PixelPicture.Decode(content) is { } picture && PictureFit.Fit(picture, facts.GridColumns, facts.GridRows, terminal.Profile.Width, terminal.Profile.Height - 3) is { } fitted)
        {
            terminal.Write(new HalfBlocks(fitted));
        }
    }

    // step-00000200.png
    private static long? StepOf(string name)
        => name.StartsWith("step-", StringComparison.Ordinal) && name.EndsWith(".png", StringComparison.Ordinal) && long.TryParse(name.AsSpan()[5..^4], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? step
            : null;
}
