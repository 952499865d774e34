using DistGan.Recipes;
using SkiaSharp;

namespace DistGan.Training.Images;

/// <summary>Pictures as PNG files; the same picture gives the same bytes.</summary>
public static class PngWriter
{
    /// <summary>Encodes a picture, each pixel as a square of <paramref name="scale"/>² pixels.</summary>
    /// <exception cref="DistGanException">The picture could not be encoded.</exception>
    public static byte[] Encode(PixelGrid grid, int scale = 1)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentOutOfRangeException.ThrowIfNotEqual(grid.Bytes.Length, grid.Width * grid.Height * grid.Channels, nameof(grid));
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        var info = new SKImageInfo(grid.Width * scale, grid.Height * scale, grid.Channels == 1 ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var data = SKData.CreateCopy(Pixels(grid, scale, info.BytesPerPixel));
        using var image = SKImage.FromPixels(info, data, info.RowBytes);
        using var png = image?.Encode(SKEncodedImageFormat.Png, 100)
            ?? throw new DistGanException($"A picture of {info.Width} by {info.Height} pixels could not be encoded as PNG.");
        return png.ToArray();
    }

    private static byte[] Pixels(PixelGrid grid, int scale, int bytesPerPixel)
    {
        var width = grid.Width * scale;
        var pixels = new byte[width * grid.Height * scale * bytesPerPixel];
        pixels.AsSpan().Fill(byte.MaxValue);
        for (var y = 0; y < grid.Height * scale; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var source = (y / scale * grid.Width + x / scale) * grid.Channels;
                grid.Bytes.AsSpan(source, grid.Channels).CopyTo(pixels.AsSpan((y * width + x) * bytesPerPixel));
            }
        }

        return pixels;
    }
}
