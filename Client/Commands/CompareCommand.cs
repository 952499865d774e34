using System.CommandLine;
using System.Text.Json.Nodes;
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
        var folders = new Argument<string[]>("RUN_DIR") { Description = "Folders of runs.", Arity = ArgumentArity.OneOrMore };
        var file = new Option<string?>("--out") { Description = "Writes a self-contained page with curves over one another and samples side by side.", HelpName = "FILE.html" };
        OutputExtension.Require(file, ".html", ".htm");
        var command = new Command("compare", "Sets runs beside one another: state, steps, rates, scores, and the recipe keys in which they differ.") { folders, file, CommonOptions.Output };
        command.SetAction(parsed => Run(console, parsed.GetValue(CommonOptions.Output), parsed.GetRequiredValue(folders), parsed.GetValue(file)));
        return new(command,
        [
            new("distgan compare runs/fashion runs/fashion-2", "two tables"),
            new("distgan compare runs/* --out compare.html", "a page with curves and samples"),
            new("distgan compare runs/* -o json", "for a program"),
        ]);
    }

    private static int Run(CommandConsole console, OutputFormat format, string[] asked, string? file)
    {
        var comparison = Comparison.Read([.. asked.Select(static folder => (folder, RunFolder.Existing(folder, Environment.CurrentDirectory)))]);
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

        var table = new TextTable("score", "run", "#last", "#step", "#best", "#step");
        foreach (var score in comparison.ScoreNames)
        {
            foreach (var (name, run) in comparison.Runs)
            {
                if (run.Facts.Scores.FirstOrDefault(own => own.Name == score) is { } own)
                {
                    table.Add(score, name, Text.Score(own.Last), $"{own.LastStep}", Text.Score(own.Best), $"{own.BestStep}");
                }
            }
        }

        table.Write(writer);
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
            keys.Add([row.Key, .. row.Values.Select(static value => value ?? Text.None)]);
        }

        keys.Write(writer);
    }

    private static JsonObject Document(Comparison comparison, string? page) => new()
    {
        ["schema"] = Schema,
        ["runs"] = new JsonArray([.. comparison.Runs.Select(static run => (JsonNode)RunDocument.Of(run.Run.Facts))]),
        ["differences"] = new JsonArray([.. comparison.Differences.Select(static row => (JsonNode)new JsonObject
        {
            ["key"] = row.Key,
            ["values"] = new JsonArray([.. row.Values.Select(static value => (JsonNode?)value)]),
        })]),
        ["page"] = page,
    };
}
