using DistGan.Recipes;
using SkiaSharp;

namespace DistGan.Training.Images;

/// <summary>Pictures from PNG files, as <see cref="PngWriter"/> makes them.</summary>
public static class PngReader
{
    /// <summary>Size and channels (1 or 3) without the pixels.</summary>
    /// <param name="file">The bytes of a file.</param>
    /// <param name="source">What errors call it.</param>
    /// <exception cref="DistGanException">It is no picture.</exception>
    public static (int Width, int Height, int Channels) ReadSize(byte[] file, string source)
    {
        using var codec = Open(file, source);
        return (codec.Info.Width, codec.Info.Height, codec.Info.ColorType == SKColorType.Gray8 ? 1 : 3);
    }

    /// <summary>The picture, grey ones in one channel.</summary>
    /// <exception cref="DistGanException">It is no picture, or is cut short.</exception>
    public static PixelGrid Read(byte[] file, string source)
    {
        using var codec = Open(file, source);
        var grey = codec.Info.ColorType == SKColorType.Gray8;
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, grey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(info);
        if (codec.GetPixels(info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            throw new DistGanException($"The picture {source} is damaged: it cannot be decoded to its end.");
        }

        var (pixels, channels) = (bitmap.Bytes, grey ? 1 : 3);
        var picture = new PixelGrid(info.Width, info.Height, channels, new byte[info.Width * info.Height * channels]);
        for (var y = 0; y < info.Height; y++)
        {
            for (var x = 0; x < info.Width; x++)
            {
                pixels.AsSpan(y * bitmap.RowBytes + x * info.BytesPerPixel, channels).CopyTo(picture.Bytes.AsSpan((y * info.Width + x) * channels));
            }
        }

        return picture;
    }

    private static SKCodec Open(byte[] file, string source)
    {
        using var data = SKData.CreateCopy(file);
        return SKCodec.Create(data) ?? throw new DistGanException($"The file {source} is no picture.");
    }
}
