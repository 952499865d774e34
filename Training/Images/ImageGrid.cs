using DistGan.Recipes;
using DistGan.Training.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Images;

/// <summary>Many images as one picture.</summary>
public static class ImageGrid
{
    /// <summary>Grey level of the lines between images.</summary>
    private const byte Line = 64;

    /// <summary>
    /// Puts samples [N, C, H, W] in [−1, 1], C ∈ {1, 3}, row by row into a grid with one pixel between them; places without a
    /// sample stay in the colour of the lines. The values are those of <see cref="SampleCodec"/>, never stretched.
    /// </summary>
    /// <exception cref="DistGanException">The samples are no images.</exception>
    public static PixelGrid Compose(Tensor samples, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (samples.dim() != 4 || samples.shape[1] is not (1 or 3))
        {
            throw new DistGanException($"A picture is made of samples [N, 1 or 3, H, W], not [{string.Join(", ", samples.shape)}]; points are drawn by PointPlot.");
        }

        var shape = new SampleShape((int)samples.shape[1], (int)samples.shape[2], (int)samples.shape[3]);
        var encoded = new byte[samples.numel()];
        SampleCodec.Encode(samples, encoded);
        var grid = Blank(columns * (shape.Width + 1) - 1, rows * (shape.Height + 1) - 1, shape.Channels);
        for (var i = 0; i < Math.Min(samples.shape[0], (long)rows * columns); i++)
        {
            Place(grid, encoded.AsSpan(i * shape.ItemBytes, shape.ItemBytes), shape, i / columns * (shape.Height + 1), i % columns * (shape.Width + 1));
        }

        return grid;
    }

    private static PixelGrid Blank(int width, int height, int channels)
    {
        var bytes = new byte[width * height * channels];
        bytes.AsSpan().Fill(Line);
        return new PixelGrid(width, height, channels, bytes);
    }

    /// <summary>From planes (C, H, W) to interleaved pixels.</summary>
    private static void Place(PixelGrid grid, ReadOnlySpan<byte> image, SampleShape shape, int top, int left)
    {
        for (var c = 0; c < shape.Channels; c++)
        {
            for (var y = 0; y < shape.Height; y++)
            {
                var row = image.Slice((c * shape.Height + y) * shape.Width, shape.Width);
                var start = ((top + y) * grid.Width + left) * grid.Channels + c;
                for (var x = 0; x < row.Length; x++)
                {
                    grid.Bytes[start + x * grid.Channels] = row[x];
                }
            }
        }
    }
}
