using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Reports;
using DistGan.Client.Runs;

namespace DistGan.Client.Commands;

/// <summary><c>report RUN_DIR</c>: a run as one page.</summary>
public static class ReportCommand
{
    private const string Schema = "distgan.report/1";

    public static CommandEntry Create(CommandConsole console)
    {
        var folder = RunOrJob.Argument();
        var file = new Option<string?>("--out") { Description = "The file; report.html in the run folder without it, or JOB.html here.", HelpName = "FILE.html" };
        OutputExtension.Require(file, ".html", ".htm");
        var command = new Command("report", "Writes a run as one self-contained page: curves, samples, scores, events, recipe, machine.") { folder, file, ClusterArguments.Cluster, CommonOptions.Output };
        command.SetAction(async (parsed, cancellationToken) => Run(
            console,
            parsed.GetValue(CommonOptions.Output),
            await RunOrJob.FolderAsync(console, parsed, parsed.GetRequiredValue(folder), JobParts.Samples, cancellationToken),
            RunOrJob.FileOf(parsed, parsed.GetRequiredValue(folder), parsed.GetValue(file), ".html")));
        return new(command,
        [
            new("distgan report runs/fashion", "writes runs/fashion/report.html, as 'train' does at its end"),
            new("distgan report runs/fashion --out fashion.html", "a file to send to somebody"),
        ]);
    }

    private static int Run(CommandConsole console, OutputFormat format, string asked, string? file)
    {
        var runFolder = RunFolder.Existing(asked, Environment.CurrentDirectory);
        var path = Path.GetFullPath(file ?? Path.Combine(runFolder, RunReport.FileName));
        RunReport.Write(runFolder, path, console.Time.GetUtcNow());
        var shown = CommandForm.PathOf(path, Environment.CurrentDirectory);
        if (format == OutputFormat.Json)
        {
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["file"] = shown });
        }
        else
        {
            console.Out.WriteLine(shown);
        }

        return ExitCodes.Done;
    }
}
