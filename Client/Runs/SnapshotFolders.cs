using System.Globalization;
using DistGan.Client.Runs.Contents;
using DistGan.Grains.Interfaces;

namespace DistGan.Client.Runs;

/// <summary>The committed snapshots of a run folder: those with a manifest.</summary>
public static class SnapshotFolders
{
    /// <summary>Steps of the committed snapshots of a replica, ascending.</summary>
    public static IReadOnlyList<long> StepsOf(string runFolder, int replica)
    {
        var folder = Path.Combine(runFolder, RunFiles.SnapshotsOf(replica));
        return [.. ReadableEntries.Folders(folder, "*")
            .Where(static path => File.Exists(Path.Combine(path, RunFiles.Manifest)))
            .Select(static path => StepOf(Path.GetFileName(path)))
            .Where(static step => step is not null)
            .Select(static step => step!.Value)
            .Distinct()
            .Order()];
    }

    /// <summary>Ordinals of the replicas that have a folder of snapshots, ascending.</summary>
    public static IReadOnlyList<int> Replicas(string runFolder)
    {
        const string Prefix = "r";
        var folder = Path.Combine(runFolder, "snapshots");
        return [.. ReadableEntries.Folders(folder, $"{Prefix}*")
            .Select(static path => int.TryParse(Path.GetFileName(path).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var replica) ? replica : -1)
            .Where(static replica => replica >= 0)
            .Order()];
    }

    /// <summary>Step of the newest committed snapshot of any replica; null where there is none.</summary>
    public static long? Newest(string runFolder)
        => Replicas(runFolder).SelectMany(replica => StepsOf(runFolder, replica)).Select(static step => (long?)step).Max();

    /// <summary>The newest step of each replica that has a snapshot, in the order of their ordinals.</summary>
    public static IReadOnlyList<long> NewestSteps(string runFolder, int replicas)
        => [.. Enumerable.Range(0, replicas).Select(replica => StepsOf(runFolder, replica)).Where(static steps => steps.Count > 0).Select(static steps => steps[^1])];

    private static long? StepOf(string name)
    {
        const string Prefix = "step-";
        var end = name.IndexOf("-e", StringComparison.Ordinal);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && end > Prefix.Length
            && long.TryParse(name.AsSpan(Prefix.Length, end - Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? step
            : null;
    }
}
