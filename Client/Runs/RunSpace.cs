using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Estimates;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Runs;

/// <summary>Whether a run folder can be written, and has room; said before anything is computed.</summary>
public static class RunSpace
{
    private const string StartFolder = "start";

    /// <summary>Makes the folder, writes to it, and looks at the free space.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="estimate">What the run will take, with what is in the folder already.</param>
    /// <exception cref="CommandException">The folder cannot be written, or the run does not fit.</exception>
    public static void Check(string folder, JobEstimate estimate)
    {
        var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, new byte[4096]);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Refused,
                $"The run folder '{folder}' cannot be written ({exception.Message.Replace(probe, folder, StringComparison.Ordinal).TrimEnd('.')}); choose another one with --run-dir.", exception);
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var needed = estimate.DiskBytes - Used(folder);
        if (free < needed)
        {
            RemoveIfUnused(folder);
            throw new CommandException(ExitCodes.Refused,
                $"The disk of '{folder}' has {Text.Bytes(free)} free, and the run may need {Text.Bytes(needed)}, mostly for snapshots; free some, use --run-dir, or lower snapshots.keep, techniques.experience-replay.budget-bytes or the widths of the networks.");
        }
    }

    /// <summary>Whether a folder holds nothing, or nothing but what a training that never began leaves.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static bool IsUnused(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).All(static path => Path.GetFileName(path) is RunLock.FileName or MachineFacts.FileName or StartFolder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Refused, $"The run folder '{folder}' cannot be read ({exception.Message.TrimEnd('.')}); choose another one with --run-dir.", exception);
        }
    }

    /// <summary>Removes the folder of a training that never began: one that holds nothing but the lock, a note of the machine and the weights to begin with.</summary>
    public static void RemoveIfUnused(string folder)
    {
        if (Directory.Exists(folder) && IsUnused(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Used(string folder)
        => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => (double)file.Length);
}
