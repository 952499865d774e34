using System.CommandLine;
using System.CommandLine.Parsing;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Outputs;
using DistGan.Training.Images.Animations;

namespace DistGan.Client.Commands;

/// <summary><c>film RUN_DIR</c>: the pictures of a training as an animation.</summary>
public static class FilmCommand
{
    private const double MostHold = 60;

    public static CommandEntry Create(CommandConsole console)
    {
        var run = RunOrJob.Argument();
        var output = new Option<string?>("--out")
        {
            Description = $"The file; its extension is the format: {string.Join(", ", AnimationFormats.Writers.Keys)}. Without it film.gif in the run folder, or JOB.gif here.",
            HelpName = "FILE",
        };
        output.Validators.Add(RefuseOtherFormats);
        var framesPerSecond = RunArguments.Number("--fps", "Pictures a second.", "N", 4, above: 0, 100);
        var hold = RunArguments.Number("--hold", "Seconds for which the last picture stays.", "S", 2, above: null, MostHold);
        var command = new Command("film", "Makes an animation of the pictures that a run drew while it trained, each with its step.")
        {
            run, output, framesPerSecond, hold, ClusterArguments.Cluster, CommonOptions.Output,
        };
        command.SetAction(async (parsed, cancellationToken) => FilmFlow.Run(
            console,
            await RunOrJob.FolderAsync(console, parsed, parsed.GetRequiredValue(run), JobParts.Samples, cancellationToken),
            RunOrJob.FileOf(parsed, parsed.GetRequiredValue(run), parsed.GetValue(output), ".gif"), 
            parsed.GetValue(framesPerSecond),
            parsed.GetValue(hold),
            parsed.GetValue(CommonOptions.Output) == OutputFormat.Json));
        return new(command,
        [
            new("distgan film runs/fashion", "runs/fashion/film.gif"),
            new("distgan film runs/fashion --fps 8 --hold 5 --out learning.webp", "faster, as WebP, with five seconds at the end"),
        ]);
    }

    private static void RefuseOtherFormats(OptionResult result)
    {
        if (result.ReadableValue<string?>() is { } path && !AnimationFormats.Writers.ContainsKey(Path.GetExtension(path).ToLowerInvariant()))
        {
            result.AddError($"--out {path}: the extension must be one of {string.Join(", ", AnimationFormats.Writers.Keys)}.");
        }
    }
}
