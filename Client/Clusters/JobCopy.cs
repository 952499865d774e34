using System.Text;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Evaluating;
using DistGan.Client.Runs;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Clusters;

/// <summary>
/// A copy of a job's files on this machine, in which commands on runs work as in a run folder. What never changes under its name is copied once; what is gone from the
/// cluster goes from the copy too.
/// </summary>
/// <param name="files">The files of the jobs of a cluster.</param>
/// <param name="progress">Told how far it is.</param>
public sealed class JobCopy(JobFiles files, SteadyProgress progress)
{
    /// <summary>Where the copy of a job is; whatever lies there may be deleted at any time.</summary>
    public static string FolderOf(ClusterAddress cluster, JobId job)
    {
        var name = string.Concat((cluster.Name ?? "environment").Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_'));
        return Path.Combine(DataPlaces.OfUser().Cache, "jobs", name, job.Value);
    }

    /// <summary>Brings the copy up to date.</summary>
    /// <param name="job">The job.</param>
    /// <param name="folder">Where the copy is.</param>
    /// <param name="parts">What is needed besides small files.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">A file cannot be written.</exception>
    public async Task RefreshAsync(JobId job, string folder, JobParts parts, CancellationToken cancellationToken)
    {
        var names = (await files.ListAsync(job, "", cancellationToken)).Where(ArtifactNames.IsName).ToList();
        await ForgetAnotherAsync(job, folder, cancellationToken);
        Forget(folder, names);
        var bytes = 0L;
        foreach (var name in Wanted(names, parts).Where(name => !NeverChanges(name) || !File.Exists(Path.Combine(folder, name))))
        {
            bytes += Copy(job, name, Path.Combine(folder, name), cancellationToken);
            progress.Tell($"copying {job}: {Text.Bytes(bytes)}");
        }
    }

    /// <summary>The files that a command needs, the manifest of a snapshot behind the others: only then it is one.</summary>
    public static IEnumerable<string> Wanted(IReadOnlyList<string> names, JobParts parts)
    {
        var snapshots = names.Where(static name => name.StartsWith("snapshots/", StringComparison.Ordinal) && name.EndsWith($"/{RunFiles.Manifest}", StringComparison.Ordinal))
            .GroupBy(static name => name.Split('/')[1])
            .Select(static replica => replica.Max(StringComparer.Ordinal)![..^RunFiles.Manifest.Length])
            .ToList();
        return names.Where(IsWanted).OrderBy(static name => name.EndsWith($"/{RunFiles.Manifest}", StringComparison.Ordinal));

        bool IsWanted(string name) => name.Split('/')[0] switch
        {
            "snapshots" => parts.HasFlag(JobParts.Snapshots) && snapshots.Exists(folder => name.StartsWith(folder, StringComparison.Ordinal)),
            "samples" => parts.HasFlag(JobParts.Samples),
            "champions" => parts.HasFlag(JobParts.Champions),
            _ => true,
        };
    }

    private static bool NeverChanges(string name)
        => name.StartsWith("snapshots/", StringComparison.Ordinal) || name.StartsWith(RunFiles.SamplesPrefix, StringComparison.Ordinal)
            || (name.StartsWith(RunFiles.ChampionsPrefix, StringComparison.Ordinal) && name.EndsWith(".safetensors", StringComparison.Ordinal));

    /// <summary>Another job may have had the name before: its first event tells them apart.</summary>
    private async Task ForgetAnotherAsync(JobId job, string folder, CancellationToken cancellationToken)
    {
        var known = Path.Combine(folder, RunFiles.Events);
        if (!File.Exists(known) || await files.ReadAsync(job, RunFiles.Events, cancellationToken) is not { } events)
        {
            return;
        }

        if (File.ReadLines(known).FirstOrDefault() != Encoding.UTF8.GetString(events).Split('\n')[0])
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Forget(string folder, IReadOnlyList<string> names)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var known = names.ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (!known.Contains(Path.GetRelativePath(folder, path).Replace('\\', '/')))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>The bytes of a file; 0 where it is gone, as a snapshot may be meanwhile.</summary>
    private long Copy(JobId job, string name, string path, CancellationToken cancellationToken)
    {
        var (there, bytes) = (false, 0L);
        ReplacedFile.Write(path, stream => (there, bytes) = (files.CopyAsync(job, name, stream, cancellationToken).GetAwaiter().GetResult(), stream.Length), $"set {DataPlaces.Variable} to a folder on another disk");
        if (!there)
        {
            File.Delete(path);
        }

        return bytes;
    }
}
