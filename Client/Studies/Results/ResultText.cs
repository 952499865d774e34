using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Studies.Results;

/// <summary>The results on standard output.</summary>
internal static class ResultText
{
    public static void Write(CommandConsole console, StudyFolder folder, StudyResults results, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, ResultDocument.Of(results));
            return;
        }

        var table = new TextTable(ResultTable.Headings(results));
        foreach (var row in ResultTable.Rows(results))
        {
            table.Add(row);
        }

        table.Write(console.Out);
        console.Out.WriteLine(ResultTable.Note(results));
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
