using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Reports;
using DistGan.Client.Runs;

namespace DistGan.Client.Commands;

/// <summary><c>compare RUN…</c>: several runs beside one another.</summary>
public static class CompareCommand
{
    private const string Schema = "distgan.compare/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var folders = new Argument<string[]>(RunOrJob.Name) { Description = "Folders of runs, or names of jobs of a cluster.", Arity = ArgumentArity.OneOrMore };
        var file = new Option<string?>("--out") { Description = "Writes a self-contained page with curves over one another and samples side by side.", HelpName = "FILE.html" };
        OutputExtension.Require(file, ".html", ".htm");
        var command = new Command("compare", "Sets runs beside one another: state, steps, rates, scores, and the recipe keys in which they differ.") { folders, file, ClusterArguments.Cluster, CommonOptions.Output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var runs = new List<(string Name, string Folder)>();
            foreach (var asked in parsed.GetRequiredValue(folders))
            {
                runs.Add((asked, await RunOrJob.FolderAsync(console, parsed, asked, parsed.GetValue(file) is not null ? JobParts.Samples : JobParts.None, cancellationToken)));
            }

            return Run(console, parsed.GetValue(CommonOptions.Output), runs, parsed.GetValue(file));
        });
        return new(command,
        [
            new("distgan compare runs/fashion runs/fashion-2", "two tables"),
            new("distgan compare runs/* --out compare.html", "a page with curves and samples"),
            new("distgan compare runs/* -o json", "for a program"),
        ]);
    }

    private static int Run(CommandConsole console, OutputFormat format, IReadOnlyList<(string Name, string Folder)> asked, string? file)
    {
        var comparison = Comparison.Read([.. asked.Select(static run => (run.Name, RunFolder.Existing(run.Folder, Environment.CurrentDirectory)))]);
        var page = file is null ? null : Path.GetFullPath(file);
        if (page is not null)
        {
            CompareReport.Write(comparison, page, console.Time.GetUtcNow());
        }

        var shown = page is null ? null : CommandForm.PathOf(page, Environment.CurrentDirectory);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, Document(comparison, shown));
            return ExitCodes.Done;
        }

        Write(console.Out, comparison);
        if (shown is not null)
        {
            console.Out.WriteLine();
            console.Out.WriteLine(shown);
        }

        return ExitCodes.Done;
    }

    private static void Write(TextWriter writer, Comparison comparison)
    {
        var table = new TextTable("run", "state", "#steps", "#seconds", "#images/s");
        foreach (var (name, run) in comparison.Runs)
        {
            var facts = run.Facts;
            table.Add(name, facts.StateName, $"{facts.Steps}", facts.Seconds?.ToString("0.0") ?? Text.None, Text.Number(facts.ImagesPerSecond));
        }

        table.Write(writer);
        writer.WriteLine();
        WriteScores(writer, comparison);
        WriteDifferences(writer, comparison);
    }

    private static void WriteScores(TextWriter writer, Comparison comparison)
    {
        if (comparison.ScoreNames.Count == 0)
        {
            return;
        }

        var notComparable = comparison.NotComparable;
        var table = new TextTable("score", "run", "#last", "#step", "#best", "#step");
        foreach (var score in comparison.ScoreNames)
        {
            foreach (var (name, run) in comparison.Runs)
            {
                if (run.Facts.Scores.FirstOrDefault(own => own.Name == score) is { } own)
                {
                    var shown = comparison.GroupOf(own) is { } group ? $"{score} ({group})" : score;
                    table.Add(shown, name, Text.Score(own.Last), $"{own.LastStep}", Text.Score(own.Best), $"{own.BestStep}");
                }
            }
        }

        table.Write(writer);
        foreach (var group in notComparable.GroupBy(static score => score.Value, static score => score.Key))
        {
            writer.WriteLine($"{string.Join(", ", group)}: only scores with the same number may be compared; the others differ in {group.Key}.");
        }

        writer.WriteLine();
    }

    private static void WriteDifferences(TextWriter writer, Comparison comparison)
    {
        if (comparison.Differences.Count == 0)
        {
            writer.WriteLine("Their recipes do not differ.");
            return;
        }

        var keys = new TextTable(["recipe key", .. comparison.Names]);
        foreach (var row in comparison.Differences)
        {
            keys.Add([row.Key, .. row.Shown.Select(static value => value ?? Text.None)]);
        }

        keys.Write(writer);
    }

    private static JsonObject Document(Comparison comparison, string? page) => new()
    {
        ["schema"] = Schema,
        ["runs"] = new JsonArray([.. comparison.Runs.Select(static run => (JsonNode)RunDocument.Of(run.Run.Facts))]),
        ["not_comparable"] = new JsonObject(comparison.NotComparable.Select(static score => KeyValuePair.Create(score.Key, (JsonNode?)score.Value))),
        ["differences"] = new JsonArray([.. comparison.Differences.Select(static row => (JsonNode)new JsonObject
        {
            ["key"] = row.Key,
            ["values"] = new JsonArray([.. row.Values.Select(static value => (JsonNode?)value)]),
        })]),
        ["page"] = page,
    };
}
