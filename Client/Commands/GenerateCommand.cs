using System.CommandLine;
using System.CommandLine.Parsing;
using DistGan.Client.Champions;
using DistGan.Client.Clusters;
using DistGan.Client.CommandLine;
using DistGan.Client.Outputs;

namespace DistGan.Client.Commands;

/// <summary><c>generate RUN_DIR</c>: samples of a trained generator as files.</summary>
public static class GenerateCommand
{
    private const int MostPlaces = 1000;

    private static readonly string[] OtherPictures = [".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".apng", ".csv", ".json"];

    private static readonly Example[] Examples =
    [
        new("distgan generate runs/fashion --out clothes.png", "64 samples in one picture"),
        new("distgan generate runs/fashion --count 1000 --seed 7 --out clothes", "a thousand files in the folder clothes"),
        new("distgan generate runs/fashion --label all --out classes.png", "a run with labels: a row of the picture for each class"),
        new("distgan generate runs/fashion --label dress,8 --count 100 --out some", "a hundred files of each of two classes, sample-0000-label-3.png and so on"),
        new("distgan generate runs/ring --count 2000 --out ring.png", "points: a plot, and ring.csv beside it"),
        new("distgan generate clothes --cluster lab --out clothes.png", "a job of a cluster, whose files are copied to this machine"),
        new("distgan generate runs/fashion --champions --distribution 0=1,8=3 --out bags.png", "from the best generator of each of two modes"),
    ];

    public static CommandEntry Create(CommandConsole console)
    {
        var (run, replica, raw, truncation) = (RunOrJob.Argument(), RunArguments.Replica(), RunArguments.Raw(), RunArguments.Truncation());
        var count = RunArguments.Count("--count", $"Samples, {GridSize.DefaultCount} without it; with --label of each label, {GridSize.DefaultCountOfLabel} of several without it.", GridSize.MostSamples);
        var rows = RunArguments.Count("--rows", "Rows of the grid.", MostPlaces);
        var columns = RunArguments.Count("--columns", "Columns of the grid.", MostPlaces);
        var seed = new Option<long>("--seed") { Description = "Origin of the latents: the same seed draws the same samples.", HelpName = "S", DefaultValueFactory = static _ => 1 };
        var label = LabelOption.Create("Draws these classes; without it each as often as the data have it. Several make a row each, with the same latents down each column.");
        var output = new Option<string>("--out") { Description = "A folder for single files, or a .png file for one picture.", HelpName = "DIR|FILE.png", Required = true };
        var (champions, distribution) = (DistributionOption.Champions(), DistributionOption.Distribution());
        output.Validators.Add(RefuseOtherPictures);
        var command = new Command("generate", "Draws samples of a trained generator: single files, one grid, or a plot and coordinates of points.")
        {
            run, count, seed, truncation, replica, raw, champions, distribution, label, output, rows, columns, ClusterArguments.Cluster, CommonOptions.Output, CommonOptions.Yes,
        };
        command.SetAction(async (parsed, cancellationToken) => await new GenerateFlow(console, new GenerateRequest
        {
            Run = await RunOrJob.FolderAsync(console, parsed, parsed.GetRequiredValue(run), JobParts.Snapshots | (parsed.GetValue(champions) ? JobParts.Champions | JobParts.Data : JobParts.None), cancellationToken),
            Count = parsed.GetValue(count),
            Seed = parsed.GetValue(seed),
            Truncation = parsed.GetValue(truncation),
            Replica = parsed.GetValue(replica),
            Raw = parsed.GetValue(raw),
            Champions = parsed.GetValue(champions),
            Distribution = parsed.GetValue(distribution),
            Labels = parsed.GetValue(label) ?? [],
            Out = parsed.GetRequiredValue(output),
            Rows = parsed.GetValue(rows),
            Columns = parsed.GetValue(columns),
            Yes = parsed.GetValue(CommonOptions.Yes),
            Json = parsed.GetValue(CommonOptions.Output) == OutputFormat.Json,
        }).RunAsync(cancellationToken));
        return new(command, Examples);
    }

    private static void RefuseOtherPictures(OptionResult result)
    {
        var path = result.ReadableValue<string>() ?? "";
        if (OtherPictures.Contains(Path.GetExtension(path).ToLowerInvariant()))
        {
            result.AddError($"--out {path}: one picture is written as .png; name a .png file, or a folder for single files.");
        }
    }
}
