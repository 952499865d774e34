using System.Globalization;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Grains.Interfaces;
using DistGan.Silo.Web.Studies;

namespace DistGan.Client.Runs;

/// <summary>Finds and checks the folder of a run.</summary>
public static class RunFolder
{
    private const int LongestName = 63;

    /// <summary>A folder for a new run: the one that was asked for, or runs/NAME, runs/NAME-2, … that does not exist yet. Makes nothing.</summary>
    /// <exception cref="CommandException">The folder that was asked for holds a run or other files, or is a file.</exception>
    public static string ForNew(string name, string? asked, string currentDirectory)
    {
        if (asked is null)
        {
            return FirstFree(Path.Combine(currentDirectory, "runs"), name);
        }

        var path = Path.GetFullPath(asked, currentDirectory);
        if (File.Exists(path))
        {
            throw new CommandException(ExitCodes.Usage, $"--run-dir {asked}: this is a file, a folder is needed; name another one.");
        }

        if (HoldsRun(path))
        {
            var resume = CommandForm.Of("train", "--resume", CommandForm.PathOf(path, currentDirectory));
            throw new CommandException(ExitCodes.Refused, $"--run-dir {asked}: this folder holds a run already; go on with it by '{resume}', or name another folder.");
        }

        if (Directory.Exists(path) && !RunSpace.IsUnused(path))
        {
            throw new CommandException(ExitCodes.Refused, $"--run-dir {asked}: this folder holds other files; name an empty folder, or one that does not exist yet.");
        }

        return path;
    }

    /// <summary>The folder of an existing run.</summary>
    /// <exception cref="CommandException">There is no such folder, or it holds no run.</exception>
    public static string Existing(string asked, string currentDirectory)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(asked, currentDirectory));
        if (!Directory.Exists(path))
        {
            throw new CommandException(ExitCodes.NotFound, $"There is no run folder '{asked}'{Known(currentDirectory)}.");
        }

        if (File.Exists(Path.Combine(path, StudyShelf.Plan)))
        {
            throw new CommandException(ExitCodes.Usage, $"The folder '{asked}' is that of a study, not of a run; look at it with '{CommandForm.Of("study", "show", Path.GetFileName(path))}', or name one of its runs, such as {asked}/runs/NAME.");
        }

        return HoldsRun(path)
            ? path
            : throw new CommandException(ExitCodes.NotFound, $"The folder '{asked}' holds no run: there is no {RunFiles.Recipe} in it{Known(currentDirectory)}.");
    }

    private static string FirstFree(string parent, string name)
    {
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var stem = name.Length + suffix.Length > LongestName ? name[..(LongestName - suffix.Length)] : name;
            var path = Path.Combine(parent, stem + suffix);
            if (!Path.Exists(path))
            {
                return path;
            }
        }
    }

    /// <summary>Whether a folder is that of a run.</summary>
    internal static bool HoldsRun(string path) => File.Exists(Path.Combine(path, RunFiles.Recipe)) || File.Exists(Path.Combine(path, RunFiles.Events));

    private static string Known(string currentDirectory)
    {
        var runs = Path.Combine(currentDirectory, "runs");
        var names = Directory.Exists(runs)
            ? Directory.GetDirectories(runs).Where(HoldsRun).Select(path => $"runs/{Path.GetFileName(path)}").Order(StringComparer.Ordinal).Take(8).ToList()
            : [];
        return names.Count == 0 ? "" : $"; there are {string.Join(", ", names)}";
    }
}
