using System.CommandLine;
using System.Text.Json.Nodes;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Silo.Documents;

namespace DistGan.Client.Commands;

/// <summary><c>artifacts JOB</c>: the files of a job of a cluster.</summary>
public static class ArtifactsCommand
{
    private const string Schema = "distgan.artifacts/1";

    private static readonly Option<string> Prefix = new("--prefix") { Description = "Only files whose names begin so, such as samples/.", HelpName = "TEXT", DefaultValueFactory = static _ => "" };
    private static readonly Option<string?> Out = new("--out") { Description = "Copies the files into this folder, under their names.", HelpName = "DIR" };

    public static CommandEntry Create(CommandConsole console)
    {
        var job = ClusterArguments.Job();
        var command = new Command("artifacts", "Lists the files of a job of a cluster, or copies them into a folder, which then is a run folder.") { job, Prefix, Out, ClusterArguments.Cluster, CommonOptions.Output };
        command.SetAction((parsed, cancellationToken) => ClusterSession.RunAsync(console, ClusterArguments.Address(parsed), jobs => RunAsync(console, parsed, jobs, new JobId(parsed.GetRequiredValue(job)), cancellationToken)));
        return new(command,
        [
            new("distgan artifacts fashion", "names alone"),
            new("distgan artifacts fashion --prefix samples/ --out pictures", "the pictures of samples"),
            new("distgan artifacts fashion --out runs/fashion", "everything; 'generate', 'report' and the others take that folder"),
        ]);
    }

    private static async Task<int> RunAsync(CommandConsole console, ParseResult parsed, IJobControl jobs, JobId job, CancellationToken cancellationToken)
    {
        var (prefix, folder, json) = (parsed.GetValue(Prefix) ?? "", parsed.GetValue(Out), parsed.GetValue(CommonOptions.Output) == OutputFormat.Json);
        _ = await jobs.DescribeAsync(job, cancellationToken);
        var files = new JobFiles(jobs, new LastingCalls(console.Time, console.Error.WriteLine));

        // They become paths: nothing that a cluster says may lead out of the folder.
        var names = (await files.ListAsync(job, prefix, cancellationToken)).Where(ArtifactNames.IsName).ToList();
        if (names.Count == 0)
        {
            throw new CommandException(ExitCodes.NotFound, $"The job '{job}' has no files{(prefix.Length == 0 ? "" : $" whose names begin with '{prefix}'")}.");
        }

        if (folder is not null)
        {
            Write(console, json, (job, folder), Copy(files, job, names, folder, cancellationToken));
        }
        else if (json)
        {
            JsonOutput.Write(console.Out, DocumentJson.Tree(new FileListDocument { Job = job.Value, Files = names }));
        }
        else
        {
            names.ForEach(console.Out.WriteLine);
        }

        return ExitCodes.Done;
    }

    /// <summary>Copies the files that are still there: a snapshot may be replaced meanwhile.</summary>
    private static List<(string Name, long Bytes)> Copy(JobFiles files, JobId job, IReadOnlyList<string> names, string folder, CancellationToken cancellationToken)
    {
        var copied = new List<(string, long)>();
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            var (there, bytes) = (false, 0L);
            ReplacedFile.Write(path, stream => (there, bytes) = (files.CopyAsync(job, name, stream, cancellationToken).GetAwaiter().GetResult(), stream.Length));
            if (there)
            {
                copied.Add((name, bytes));
            }
            else
            {
                File.Delete(path);
            }
        }

        return copied;
    }

    private static void Write(CommandConsole console, bool json, (JobId Job, string Folder) what, IReadOnlyList<(string Name, long Bytes)> copied)
    {
        if (json)
        {
            var list = copied.Select(static file => (JsonNode)new JsonObject { ["name"] = file.Name, ["bytes"] = file.Bytes });
            JsonOutput.Write(console.Out, new JsonObject { ["schema"] = Schema, ["job"] = what.Job.Value, ["folder"] = what.Folder, ["files"] = new JsonArray([.. list]) });
        }
        else
        {
            console.Out.WriteLine($"{Text.Count(copied.Count, "file")}, {Text.Bytes(copied.Sum(static file => file.Bytes))} in {what.Folder}");
        }
    }
}
