using System.CommandLine;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Evaluating;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;

namespace DistGan.Client.Commands;

/// <summary>The argument of commands on runs: the folder of a run, or the name of a job of a cluster, whose files are then copied to this machine.</summary>
internal static class RunOrJob
{
    /// <summary>The name of the argument.</summary>
    public const string Name = "RUN_DIR|JOB";

    /// <summary>What it is.</summary>
    public const string Description = "The folder of a run, or the name of a job of a cluster.";

    public static Argument<string> Argument() => new(Name) { Description = Description };

    /// <summary>The folder that the command works in.</summary>
    /// <param name="console">Hears what takes long.</param>
    /// <param name="parsed">Says whether a cluster is meant.</param>
    /// <param name="asked">The folder, or the job.</param>
    /// <param name="parts">What the command needs of a job.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">The cluster does not answer (3), or there is no such job (4).</exception>
    public static async Task<string> FolderAsync(CommandConsole console, ParseResult parsed, string asked, JobParts parts, CancellationToken cancellationToken)
    {
        return Cluster(parsed, asked) is { } cluster ? await CopyAsync(console, cluster, asked, parts, cancellationToken) : asked;
    }

    /// <summary>The folder of a run, file or job that a command on a cluster begins with: what exists here is meant as such, anything else is a job of that cluster.</summary>
    /// <exception cref="CommandException">The cluster does not answer (3), or there is no such job (4).</exception>
    public static async Task<string> SourceAsync(CommandConsole console, ParseResult parsed, string asked, CancellationToken cancellationToken)
        => Path.Exists(asked) || IsPath(asked) || asked.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)
            ? asked
            : await CopyAsync(console, ClusterArguments.Address(parsed), asked, JobParts.Snapshots, cancellationToken);

    private static async Task<string> CopyAsync(CommandConsole console, ClusterAddress cluster, string asked, JobParts parts, CancellationToken cancellationToken)
    {
        var job = new JobId(asked);
        var folder = JobCopy.FolderOf(cluster, job);
        _ = await ClusterSession.RunAsync(console, cluster, async jobs =>
        {
            _ = await jobs.DescribeAsync(job, cancellationToken);
            var (calls, progress) = (new LastingCalls(console.Time, console.Error.WriteLine), new SteadyProgress(console.Error.WriteLine, console.Time));
            await new JobCopy(new JobFiles(jobs, calls), progress).RefreshAsync(job, folder, parts, cancellationToken);
            if (parts.HasFlag(JobParts.Data))
            {
                progress.Tell($"copying the data of {job}");
                await JobData.FetchAsync(new ClusterDataSource(jobs, calls), RecipeSource.OfRun(folder).Data, cancellationToken);
            }

            return ExitCodes.Done;
        });
        return folder;
    }

    /// <summary>Where a file goes that nobody gave a name: beside a run, or, of a job, into the current folder.</summary>
    public static string? FileOf(ParseResult parsed, string asked, string? file, string extension) => file ?? (Cluster(parsed, asked) is null ? null : $"{asked}{extension}");

    /// <summary>The cluster of a job; null where the text is meant as a folder.</summary>
    private static ClusterAddress? Cluster(ParseResult parsed, string asked)
        => IsPath(asked) ? null : ClusterArguments.AskedFor(parsed, asked);

    private static bool IsPath(string asked) => asked.Contains('/', StringComparison.Ordinal) || asked.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
