using DistGan.Client.Runs;
using DistGan.Training.Data;
using DistGan.Training.Images;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>The samples of a run as pictures: images in a grid, points in a plot over the modes of its data.</summary>
internal sealed class SamplePictures
{
    /// <summary>Images up to this height are enlarged, so that a person sees them.</summary>
    private const int SmallImage = 32;

    private readonly GaussianModes? _modes;

    public SamplePictures(TrainedRun run)
    {
        Shape = run.Shape;
        if (!Shape.IsImage)
        {
            using var data = DataCatalog.Open(run.Recipe.Data, run.Recipe.Seed);
            _modes = data.Modes;
        }
    }

    public SampleShape Shape { get; }

    public bool ArePoints => !Shape.IsImage;

    /// <summary>How many times a grid is enlarged.</summary>
    public int GridScale => Shape is { IsImage: true, Height: <= SmallImage } ? 2 : 1;

    /// <summary>One picture of all samples.</summary>
    public PixelGrid Compose(torch.Tensor samples, int rows, int columns)
        => _modes is { } modes ? PointPlot.Draw(samples, modes) : ImageGrid.Compose(samples, rows, columns);
}
