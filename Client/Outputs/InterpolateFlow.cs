using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Training.Images;
using DistGan.Training.Images.Animations;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>Draws a walk through latent space, or what single numbers of it do, as an animation or as a strip.</summary>
internal sealed class InterpolateFlow(CommandConsole console, InterpolateRequest request)
{
    private const string Schema = "distgan.interpolate/1";

    /// <summary>Points that move in a plot.</summary>
    private const int Points = 256;

    /// <summary>Smaller frames are enlarged to about this many pixels.</summary>
    private const int FrameSide = 400;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var run = await OpenedRun.OpenAsync(console, request.Run, request.Replica, cancellationToken);
        var pictures = new SamplePictures(run);
        if (pictures.ArePoints && (request.Strip || (request.Rows ?? request.Columns) is not null))
        {
            throw new CommandException(ExitCodes.Usage, request.Vary is not null && request.Strip
                ? $"--out {request.Out}: a still of --vary belongs to images, but this run makes points; name a .gif, .webp or .apng file."
                : "--strip, --rows and --columns belong to images, but this run makes points; leave them away.");
        }

        var way = Way(run, pictures);
        using var generator = await run.OpenGeneratorAsync(cancellationToken, averaged: !request.Raw);
        Write(generator, pictures, way, cancellationToken);
        Report(run, way);
        return ExitCodes.Done;
    }

    private ILatentWay Way(TrainedRun run, SamplePictures pictures)
    {
        var labels = LabelWords.Read(run, request.Labels);
        var (rows, columns) = pictures.ArePoints ? (1, Points) : (request.Rows ?? 1, request.Columns ?? 1);
        if (request.Vary is null)
        {
            return new SeedWay(run, request, labels, rows, columns);
        }

        var varied = new VariedWay(run, request, labels, columns);
        return !pictures.ArePoints || varied.Rows == 1
            ? varied
            : throw new CommandException(ExitCodes.Usage, $"--vary {request.Vary}: all points lie in one plot, so only one thing can be varied at a time; name one.");
    }

    private void Write(TrainedGenerator generator, SamplePictures pictures, ILatentWay way, CancellationToken cancellationToken)
    {
        var latents = way.Latents(generator);
        try
        {
            if (request.Strip)
            {
                ReplacedFile.Write(request.Out, PngWriter.Encode(Strip(generator, pictures, latents), pictures.GridScale));
            }
            else
            {
                var frames = Frames(latents, rows => Frame(generator, pictures, rows, way), cancellationToken);
                ReplacedFile.Write(request.Out, stream => AnimationFormats.Of(request.Out)(stream, latents.Count, frames));
            }
        }
        finally
        {
            foreach (var rows in latents)
            {
                rows.Dispose();
            }
        }
    }

    private IEnumerable<AnimationFrame> Frames(IReadOnlyList<torch.Tensor> latents, Func<torch.Tensor, PixelGrid> draw, CancellationToken cancellationToken)
    {
        var pace = new PaceLine(console, "frames", latents.Count);
        for (var i = 0; i < latents.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new AnimationFrame(draw(latents[i]), TimeSpan.FromSeconds(1 / request.FramesPerSecond));
            pace.At(i + 1);
        }
    }

    private static PixelGrid Frame(TrainedGenerator generator, SamplePictures pictures, torch.Tensor latents, ILatentWay way)
    {
        using var samples = generator.Generate(latents);
        var picture = pictures.Compose(samples, way.Rows, way.Columns);
        return Enlargement.Of(picture, Math.Max(1, FrameSide / Math.Max(picture.Width, picture.Height)));
    }

    /// <summary>One row for each row of latents, one column a frame.</summary>
    private static PixelGrid Strip(TrainedGenerator generator, SamplePictures pictures, IReadOnlyList<torch.Tensor> latents)
    {
        using var scope = torch.NewDisposeScope();
        var rows = latents[0].shape[0];
        var samples = generator.Generate(torch.stack(latents, 1).view(rows * latents.Count, -1));
        return pictures.Compose(samples, (int)rows, latents.Count);
    }

    private void Report(TrainedRun run, ILatentWay way)
    {
        var file = CommandForm.PathOf(Path.GetFullPath(request.Out), Environment.CurrentDirectory);
        if (!request.Json)
        {
            console.Out.WriteLine(file);
            if (way.Legend is { } legend)
            {
                console.Out.WriteLine(legend);
            }

            return;
        }

        var document = OpenedRun.Describe(Schema, run, request.Raw);
        way.AddTo(document);
        document["truncation"] = request.Truncation;
        document["frames"] = way.Frames;
        document["loop"] = request.Loop;
        document["file"] = file;
        JsonOutput.Write(console.Out, document);
    }
}
