using System.Globalization;
using DistGan.Client.CommandLine;
using DistGan.Client.Runs.Contents;
using DistGan.Grains.Interfaces;

namespace DistGan.Client.Runs;

/// <summary>The pictures of a run folder.</summary>
public static class SampleFiles
{
    /// <summary>A replica's picture of a step, or its newest.</summary>
    /// <exception cref="CommandException">There is no such picture.</exception>
    public static (long Step, string Path) Find(string runFolder, long? at, int replica = 0)
    {
        var all = All(runFolder, replica);
        if (all.Count == 0)
        {
            throw new CommandException(ExitCodes.NotFound, $"The run '{runFolder}' has no pictures{(replica == 0 ? "" : $" of replica {replica}")} yet.");
        }

        if (at is null)
        {
            return all[^1];
        }

        var found = all.FirstOrDefault(picture => picture.Step == at);
        return found.Path is not null
            ? found
            : throw new CommandException(ExitCodes.NotFound, $"The run '{runFolder}' has no picture of step {at}; it has {Steps(all)}.");
    }

    /// <summary>All pictures of a replica by step, ascending; none where there is no such folder.</summary>
    public static IReadOnlyList<(long Step, string Path)> All(string runFolder, int replica = 0)
    {
        var folder = Path.Combine(runFolder, RunFiles.SamplesOf(replica));
        var pictures = new List<(long, string)>();
        foreach (var path in ReadableEntries.Files(folder, "step-*.png"))
        {
            var digits = Path.GetFileNameWithoutExtension(path)["step-".Length..];
            if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            {
                pictures.Add((step, path));
            }
        }

        pictures.Sort();
        return pictures;
    }

    private static string Steps(IReadOnlyList<(long Step, string Path)> all)
        => all.Count <= 8 ? string.Join(", ", all.Select(picture => picture.Step)) : $"{all.Count} from step {all[0].Step} to {all[^1].Step}";
}
