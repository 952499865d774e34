using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Images;
using SkiaSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Images;

public sealed class ImageGridTests
{
    [Fact]
    public void Compose_GreyImages_PutsThemRowByRowWithLinesBetween()
    {
        using var samples = SampleCodec.Decode([1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24], new SampleShape(1, 2, 2), 3);

        var grid = ImageGrid.Compose(samples, rows: 2, columns: 2);

        Assert.Equal((5, 5, 1), (grid.Width, grid.Height, grid.Channels));
        byte[] expected =
        [
            1, 2, 64, 11, 12,
            3, 4, 64, 13, 14,
            64, 64, 64, 64, 64,
            21, 22, 64, 64, 64,
            23, 24, 64, 64, 64,
        ];
        Assert.Equal(expected, grid.Bytes);
    }

    [Fact]
    public void Compose_ColourImage_InterleavesItsChannels()
    {
        using var samples = SampleCodec.Decode([1, 2, 3, 4, 5, 6], new SampleShape(3, 1, 2), 1);

        Assert.Equal([1, 3, 5, 2, 4, 6], ImageGrid.Compose(samples, 1, 1).Bytes);
    }

    [Fact]
    public void Compose_MoreSamplesThanPlaces_ShowsTheFirst()
    {
        using var samples = SampleCodec.Decode([1, 2, 3], new SampleShape(1, 1, 1), 3);

        Assert.Equal([1, 64, 2], ImageGrid.Compose(samples, 1, 2).Bytes);
    }

    [Fact]
    public void Compose_Points_IsRefused()
    {
        using var samples = zeros(4, 2);

        Assert.Contains("PointPlot", Assert.Throws<DistGanException>(() => ImageGrid.Compose(samples, 1, 1)).Message);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    public void Encode_Grid_GivesAPngWithItsPixels(int channels, int scale)
    {
        var bytes = Enumerable.Range(0, 4 * 3 * channels).Select(static i => (byte)(i * 5)).ToArray();
        var grid = new PixelGrid(4, 3, channels, bytes);

        var png = PngWriter.Encode(grid, scale);

        using var bitmap = SKBitmap.Decode(png);
        Assert.Equal((4 * scale, 3 * scale), (bitmap.Width, bitmap.Height));
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
            {
                var at = (y / scale * 4 + x / scale) * channels;
                var color = bitmap.GetPixel(x, y);
                Assert.Equal((bytes[at], bytes[at + channels - 1], (byte)255), (color.Red, color.Blue, color.Alpha));
            }
        }

        Assert.Equal(png, PngWriter.Encode(grid, scale));
    }

    [Fact]
    public void Draw_Points_MarksWhereTheyLieAndLeavesTheRestOut()
    {
        var modes = new GaussianModes([(1, 0)], 0.01);
        using var samples = tensor(new float[,] { { 0, 0 }, { 0, 1 }, { 100, 0 }, { float.NaN, 0 } });
        using var nothing = zeros(0, 2);

        var empty = PointPlot.Draw(nothing, modes);
        var plot = PointPlot.Draw(samples, modes);

        var changed = Enumerable.Range(0, PointPlot.Size * PointPlot.Size).Where(p => !plot.Bytes.AsSpan(p * 3, 3).SequenceEqual(empty.Bytes.AsSpan(p * 3, 3))).ToArray();
        // Two dots of 2×2 pixels: the middle, and one up by 1/1.25 of half the picture.
        var (middle, up) = (PointPlot.Size / 2, PointPlot.Size / 2 - PointPlot.Size * 2 / 5);
        Assert.Equal(
            new[] { up, up + 1, middle, middle + 1 }.SelectMany(y => new[] { y * PointPlot.Size + middle, y * PointPlot.Size + middle + 1 }),
            changed);
    }
}
