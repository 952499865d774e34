using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Display;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Training.Images;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>Draws samples of a trained generator into files.</summary>
internal sealed class GenerateFlow(CommandConsole console, GenerateRequest request)
{
    private const string Schema = "distgan.generate/1";

    /// <summary>As many as the generator draws at once.</summary>
    private const int Batch = 64;

    private const string PointsName = "points";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var run = await OpenedRun.OpenAsync(console, request.Run, request.Replica, cancellationToken);
        var labels = LabelWords.Read(run, request.Labels).Distinct().ToList();
        var pictures = new SamplePictures(run);
        if ((request.Rows ?? request.Columns) is not null && (pictures.ArePoints || !request.IsFile))
        {
            throw new CommandException(ExitCodes.Usage, pictures.ArePoints
                ? "--rows and --columns belong to a grid of images, but this run makes points; leave them away."
                : $"--rows and --columns belong to one picture, but --out {request.Out} is a folder; name a .png file, or leave them away.");
        }

        var size = labels.Count > 1 ? GridSize.OfLabels(labels.Count, request.Count, request.Rows, request.Columns) : GridSize.Of(request.Count, request.Rows, request.Columns);
        var older = pictures.ArePoints || request.IsFile ? [] : OlderSamples();
        using var source = await SampleSource.OpenAsync(console, run, request, labels, size.Count, cancellationToken);
        var files = pictures.ArePoints ? WritePoints(source, pictures, size)
            : request.IsFile ? WriteGrid(source, pictures, size)
            : WriteFiles(source, size.Count, cancellationToken);
        foreach (var file in older.Except(files))
        {
            File.Delete(file);
        }

        Report(run, source, labels, size.Count, files);
        return ExitCodes.Done;
    }

    /// <summary>Samples of an earlier call: they would stand among the new ones, and nobody could tell them apart.</summary>
    /// <exception cref="CommandException">There are some, and --yes is not given.</exception>
    private IReadOnlyList<string> OlderSamples()
    {
        var older = SampleNames.In(request.Out);
        return older.Count == 0 || request.Yes
            ? older
            : throw new CommandException(ExitCodes.Refused, $"--out {request.Out}: this folder holds {older.Count} {(older.Count == 1 ? "sample" : "samples")} already; name another folder, or replace them with --yes.");
    }

    private List<string> WriteFiles(SampleSource source, int count, CancellationToken cancellationToken)
    {
        var (pace, files, names) = (new PaceLine(console, "samples", count), new List<string>(count), new SampleNames(count, source.Labels));
        for (var start = 0; start < count; start += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            var samples = source.Take(start, Math.Min(Batch, count - start));
            for (var i = 0; i < samples.shape[0]; i++)
            {
                files.Add(Path.Combine(request.Out, names.Of(start + i)));
                ReplacedFile.Write(files[^1], PngWriter.Encode(ImageGrid.Compose(samples.narrow(0, i, 1), 1, 1)));
            }

            pace.At(files.Count);
        }

        return files;
    }

    private List<string> WriteGrid(SampleSource source, SamplePictures pictures, GridSize size)
    {
        using var samples = source.Take(0, size.Count);
        ReplacedFile.Write(request.Out, PngWriter.Encode(pictures.Compose(samples, size.Rows, size.Columns), pictures.GridScale));
        return [request.Out];
    }

    /// <summary>A plot, and the coordinates beside it.</summary>
    private List<string> WritePoints(SampleSource source, SamplePictures pictures, GridSize size)
    {
        var plot = request.IsFile ? request.Out : Path.Combine(request.Out, $"{PointsName}.png");
        using var samples = source.Take(0, size.Count);
        ReplacedFile.Write(plot, PngWriter.Encode(pictures.Compose(samples, 1, 1)));
        var table = Path.ChangeExtension(plot, ".csv");
        ReplacedFile.Write(table, PointTable.Write(samples, source.Labels));
        return [plot, table];
    }

    private void Report(TrainedRun run, SampleSource source, IReadOnlyList<int> labels, int count, List<string> files)
    {
        var shown = files.Select(static file => CommandForm.PathOf(Path.GetFullPath(file), Environment.CurrentDirectory)).ToList();
        if (request.Json)
        {
            JsonOutput.Write(console.Out, Document(run, source, count, shown));
            return;
        }

        console.Out.WriteLine($"{Text.Count(count, "sample")} of {source.Name}, seed {request.Seed}:");
        foreach (var file in shown.Count <= 4 ? shown : [shown[0], "…", shown[^1]])
        {
            console.Out.WriteLine($"  {file}");
        }

        if (labels.Count > 0)
        {
            var rows = labels.Count > 1 && request.IsFile && run.Shape.IsImage ? "; a row of the picture each, from the top" : "";
            console.Out.WriteLine($"{(labels.Count > 1 ? $"{count / labels.Count} of each label" : "label")}: {LabelWords.NamesOf(labels, run.Labels)}{rows}");
        }

        source.WriteTo(console.Out);
    }

    private JsonObject Document(TrainedRun run, SampleSource source, int count, List<string> files)
    {
        var document = OpenedRun.Describe(Schema, run, request.Raw);
        source.AddTo(document);
        document["seed"] = request.Seed;
        document["truncation"] = request.Truncation;
        document["count"] = count;
        if (source.Labels is { } labels)
        {
            LabelWords.AddTo(document, labels, run.Labels);
        }

        document["files"] = new JsonArray([.. files.Select(static file => (JsonNode)file)]);
        return document;
    }
}
