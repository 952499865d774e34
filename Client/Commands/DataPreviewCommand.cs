using System.CommandLine;
using DistGan.Client.CommandLine;
using DistGan.Client.Data;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Training.Native;

namespace DistGan.Client.Commands;

/// <summary><c>data preview NAME --out FILE</c>: a picture of samples.</summary>
internal static class DataPreviewCommand
{
    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string?>("NAME") { Description = "A data set; without it, --set data.folder=DIR or data.idx=FILE.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string>("--out") { Description = "The picture, a PNG file.", HelpName = "FILE.png", Required = true };
        OutputExtension.Require(file, ".png");
        var preview = new Command("preview", "Draws samples as the networks see them: a row for each label where there are labels.") { name, file, CommonOptions.Set };
        preview.SetAction(parsed => Run(console, parsed.GetValue(name), parsed.GetRequiredValue(file), parsed.GetValue(CommonOptions.Set) ?? []));
        return preview;
    }

    private static int Run(CommandConsole console, string? name, string file, string[] overrides)
    {
        var recipe = DataChoice.Of(name, overrides);
        NativeBackend.Load();
        using var data = DataCheck.Open(recipe, new DataNotices(console).Opening());
        var picture = DataPreview.Draw(data);
        var path = Path.GetFullPath(file);
        ReplacedFile.Write(path, picture);
        console.Out.WriteLine(CommandForm.PathOf(path, Environment.CurrentDirectory));
        return ExitCodes.Done;
    }
}
