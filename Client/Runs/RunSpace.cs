using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Recipes;

namespace DistGan.Client.Runs;

/// <summary>Whether a run folder can be written, and has room; said before anything is computed.</summary>
public static class RunSpace
{
    private const long SmallestSnapshotBytes = 4L << 20;

    /// <summary>Makes the folder, writes to it, and looks at the free space.</summary>
    /// <exception cref="CommandException">The folder cannot be written, or not even two snapshots fit.</exception>
    public static void Check(string folder, Recipe recipe)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, new byte[4096]);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Refused,
                $"The run folder '{folder}' cannot be written ({exception.Message.TrimEnd('.')}); choose another one with --run-dir.", exception);
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var needed = (recipe.Snapshots.Keep + 1) * ((SmallestSnapshotBytes * recipe.Topology.Replicas) + (recipe.Techniques.ExperienceReplay?.BudgetBytes ?? 0));
        if (free < needed)
        {
            throw new CommandException(ExitCodes.Refused,
                $"The disk of '{folder}' has {Text.Bytes(free)} free, and {recipe.Snapshots.Keep} snapshots may need {Text.Bytes(needed)}; free some, use --run-dir, or lower snapshots.keep or techniques.experience-replay.budget-bytes.");
        }
    }

    /// <summary>Removes the folder of a training that never began: one that holds nothing but the lock.</summary>
    public static void RemoveIfUnused(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).All(static path => Path.GetFileName(path) == RunLock.FileName))
        {
            File.Delete(Path.Combine(folder, RunLock.FileName));
            Directory.Delete(folder);
        }
    }
}
