using System.Text.Json.Nodes;
using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.Client.Runs;
using DistGan.Training.Images;
using DistGan.Training.Images.Animations;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>Draws a walk through latent space as an animation, or as a strip.</summary>
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
            throw new CommandException(ExitCodes.Usage, "--strip, --rows and --columns belong to images, but this run makes points; leave them away.");
        }

        using var generator = await run.OpenGeneratorAsync(cancellationToken, averaged: !request.Raw);
        var (rows, columns) = (request.Rows ?? 1, request.Columns ?? 1);
        var walk = Walk(generator, pictures.ArePoints ? Points : rows * columns);
        try
        {
            if (request.Strip)
            {
                ReplacedFile.Write(request.Out, PngWriter.Encode(Strip(generator, pictures, walk), pictures.GridScale));
            }
            else
            {
                var frames = Frames(walk, latents => Frame(generator, pictures, latents, rows, columns), cancellationToken);
                ReplacedFile.Write(request.Out, stream => AnimationFormats.Of(request.Out)(stream, walk.Count, frames));
            }
        }
        finally
        {
            foreach (var latents in walk)
            {
                latents.Dispose();
            }
        }

        Report(run);
        return ExitCodes.Done;
    }

    private IReadOnlyList<torch.Tensor> Walk(TrainedGenerator generator, int count)
    {
        var stops = request.Seeds.Select(seed => generator.Latents(count, seed, request.Truncation)).ToList();
        try
        {
            return LatentWalk.Between(generator.Recipe.Latent, generator.Layout, stops, request.Frames, request.Loop);
        }
        finally
        {
            stops.ForEach(static stop => stop.Dispose());
        }
    }

    private IEnumerable<AnimationFrame> Frames(IReadOnlyList<torch.Tensor> walk, Func<torch.Tensor, PixelGrid> draw, CancellationToken cancellationToken)
    {
        var pace = new PaceLine(console, "frames", walk.Count);
        for (var i = 0; i < walk.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new AnimationFrame(draw(walk[i]), TimeSpan.FromSeconds(1 / request.FramesPerSecond));
            pace.At(i + 1);
        }
    }

    private static PixelGrid Frame(TrainedGenerator generator, SamplePictures pictures, torch.Tensor latents, int rows, int columns)
    {
        using var samples = generator.Generate(latents);
        var picture = pictures.Compose(samples, rows, columns);
        return Enlargement.Of(picture, Math.Max(1, FrameSide / Math.Max(picture.Width, picture.Height)));
    }

    /// <summary>One row a walk, one column a frame.</summary>
    private static PixelGrid Strip(TrainedGenerator generator, SamplePictures pictures, IReadOnlyList<torch.Tensor> walk)
    {
        using var scope = torch.NewDisposeScope();
        var rows = walk[0].shape[0];
        var samples = generator.Generate(torch.stack(walk, 1).view(rows * walk.Count, -1));
        return pictures.Compose(samples, (int)rows, walk.Count);
    }

    private void Report(TrainedRun run)
    {
        var file = CommandForm.PathOf(Path.GetFullPath(request.Out), Environment.CurrentDirectory);
        if (!request.Json)
        {
            console.Out.WriteLine(file);
            return;
        }

        var document = OpenedRun.Describe(Schema, run, request.Raw);
        document["seeds"] = new JsonArray([.. request.Seeds.Select(static seed => (JsonNode)seed)]);
        document["truncation"] = request.Truncation;
        document["frames"] = request.Frames;
        document["loop"] = request.Loop;
        document["file"] = file;
        JsonOutput.Write(console.Out, document);
    }
}
