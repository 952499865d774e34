using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Training.Images;
using DistGan.Training.Images.Animations;

namespace DistGan.Client.Outputs;

/// <summary>Makes an animation of the pictures that a run drew while it trained.</summary>
internal static class FilmFlow
{
    private const string Schema = "distgan.film/1";
    private const string DefaultName = "film.gif";

    /// <summary>Writes the film.</summary>
    /// <param name="console">Where to say it.</param>
    /// <param name="asked">The run folder as the user wrote it.</param>
    /// <param name="output">The file; film.gif in the run folder where it is null.</param>
    /// <param name="framesPerSecond">Pictures a second.</param>
    /// <param name="hold">Seconds for which the last picture stays.</param>
    /// <param name="json">Whether standard output is a document.</param>
    /// <exception cref="CommandException">There is no such run, or it has no pictures.</exception>
    public static int Run(CommandConsole console, string asked, string? output, double framesPerSecond, double hold, bool json)
    {
        var folder = RunFolder.Existing(asked, Environment.CurrentDirectory);
        var pictures = SampleFiles.All(folder);
        if (pictures.Count == 0)
        {
            throw new CommandException(ExitCodes.NotFound, $"The run '{asked}' has no pictures yet, so there is no film; go on training with: {CommandForm.Of("train", "--resume", asked)}");
        }

        var path = output ?? Path.Combine(folder, DefaultName);
        var frame = TimeSpan.FromSeconds(1 / framesPerSecond);
        ReplacedFile.Write(path, stream => AnimationFormats.Of(path)(stream, pictures.Count, Frames(console, pictures, frame, TimeSpan.FromSeconds(hold))));
        var shown = CommandForm.PathOf(Path.GetFullPath(path), Environment.CurrentDirectory);
        if (!json)
        {
            console.Out.WriteLine(shown);
            return ExitCodes.Done;
        }

        JsonOutput.Write(console.Out, new JsonObject
        {
            ["schema"] = Schema,
            ["run"] = CommandForm.PathOf(folder, Environment.CurrentDirectory),
            ["frames"] = pictures.Count,
            ["steps"] = new JsonArray([.. pictures.Select(static picture => (JsonNode)picture.Step)]),
            ["file"] = shown,
        });
        return ExitCodes.Done;
    }

    /// <summary>Each picture over its step; grids that grew or shrank between two trainings lie on the largest.</summary>
    private static IEnumerable<AnimationFrame> Frames(CommandConsole console, IReadOnlyList<(long Step, string Path)> pictures, TimeSpan frame, TimeSpan hold)
    {
        var sizes = pictures.Select(static picture => PngReader.ReadSize(File.ReadAllBytes(picture.Path), picture.Path)).ToList();
        var (width, height, channels) = (sizes.Max(static size => size.Width), sizes.Max(static size => size.Height), sizes.Max(static size => size.Channels));
        var pace = new PaceLine(console, "frames", pictures.Count);
        for (var i = 0; i < pictures.Count; i++)
        {
            var (step, path) = pictures[i];
            var picture = Canvas.Fit(PngReader.Read(File.ReadAllBytes(path), path), width, height, channels);
            yield return new AnimationFrame(Caption.Below(picture, $"step {step}"), i < pictures.Count - 1 ? frame : frame + hold);
            pace.At(i + 1);
        }
    }
}
