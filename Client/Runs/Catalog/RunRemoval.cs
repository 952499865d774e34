using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;

namespace DistGan.Client.Runs.Catalog;

/// <summary>Removes a run folder: never one that trains, and never files that no run writes.</summary>
public static class RunRemoval
{
    private const int MostNames = 5;

    /// <summary>What runs write; a name that ends in '-' is the beginning of one.</summary>
    private static readonly string[] Known =
    [
        RunFiles.Recipe, RunFiles.Events, RunFiles.Summary, RunFiles.Evaluation, RunFiles.MergedMetrics, "metrics", "samples", "snapshots", "champions", "start", "tensorboard", "film.gif", "grainstate", "logs",
        Reports.RunReport.FileName, Contents.MachineFacts.FileName, RunLock.FileName, ".store", ".probe-", ".film.gif-", $".{Reports.RunReport.FileName}-", $".{Contents.MachineFacts.FileName}-",
    ];

    /// <summary>Why a run folder cannot be removed; null where it can.</summary>
    public static string? Refusal(string folder, string currentDirectory)
    {
        var shown = Jobs.CommandForm.PathOf(folder, currentDirectory);
        if (RunLock.IsHeld(folder))
        {
            return $"The run '{shown}' is running; stop it first.";
        }

        if ($"{currentDirectory}/".StartsWith($"{folder}/", StringComparison.Ordinal))
        {
            return $"The run '{shown}' contains the current directory; go elsewhere first.";
        }

        var foreign = Directory.EnumerateFileSystemEntries(folder).Select(static path => Path.GetFileName(path)).Where(IsForeign).Order(StringComparer.Ordinal).ToList();
        var names = string.Join(", ", foreign.Take(MostNames)) + (foreign.Count > MostNames ? ", …" : "");
        return foreign.Count == 0 ? null : $"The run '{shown}' holds what no run writes ({names}); move that away, or delete the folder yourself.";
    }

    /// <summary>Gives the folder a hidden name, so that no half of a run is ever seen, and deletes it.</summary>
    /// <exception cref="CommandException">It may not be removed, or the system does not let it.</exception>
    public static void Remove(string folder, string currentDirectory)
    {
        if (Refusal(folder, currentDirectory) is { } refusal)
        {
            throw new CommandException(ExitCodes.Refused, refusal);
        }

        try
        {
            var hidden = Path.Combine(Path.GetDirectoryName(folder)!, $".deleted-{Path.GetFileName(folder)}-{Environment.ProcessId}");
            using (var runLock = RunLock.Take(folder))
            {
                if (OperatingSystem.IsWindows())
                {
                    runLock.Dispose(); // Windows does not rename a folder with an open file
                }

                Directory.Move(folder, hidden);
            }

            Directory.Delete(hidden, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Refused, $"The run '{folder}' cannot be removed ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    private static bool IsForeign(string name)
        => !Known.Any(known => name == known || (known.EndsWith('-') && name.StartsWith(known, StringComparison.Ordinal)));
}
