using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Studies.Results;

/// <summary>The results on standard output.</summary>
internal static class ResultText
{
    public static void Write(CommandConsole console, StudyFolder folder, StudyResults results, OutputFormat format, IReadOnlyList<Arrivals>? arrivals = null)
    {
        if (format == OutputFormat.Json)
        {
            var document = ResultDocument.Of(results);
            if (arrivals is { Count: > 0 })
            {
                document["reach"] = new JsonArray([.. arrivals.Select(static one => (JsonNode)one.ToJson())]);
            }

            JsonOutput.Write(console.Out, document);
            return;
        }

        WriteTable(console.Out, ResultTable.Headings(results), ResultTable.Rows(results));
        console.Out.WriteLine(ResultTable.Note(results));
        foreach (var one in arrivals ?? [])
        {
            console.Out.WriteLine();
            WriteTable(console.Out, one.Headings, one.Rows);
        }

        WriteChanges(console.Out, results);
        foreach (var line in ResultTable.Failures(results).Concat(results.Plan.Skipped.Select(static skipped => $"left out: {skipped.Name}, {skipped.Reason}")))
        {
            console.Out.WriteLine(line);
        }

        if (File.Exists(folder[ResultFiles.Page]))
        {
            console.Out.WriteLine(CommandForm.PathOf(folder[ResultFiles.Page], Environment.CurrentDirectory));
        }
    }

    private static void WriteTable(TextWriter writer, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new TextTable(headings);
        foreach (var row in rows)
        {
            table.Add(row);
        }

        table.Write(writer);
    }

    /// <summary>Names of a grid say what they change; those of a search do not.</summary>
    private static void WriteChanges(TextWriter writer, StudyResults results)
    {
        if (results.Plan.Kind != StudyKinds.Search)
        {
            return;
        }

        var table = new TextTable("configuration", "changes");
        foreach (var (name, changes) in ResultTable.Changes(results))
        {
            table.Add(name, changes);
        }

        writer.WriteLine();
        table.Write(writer);
    }
}
