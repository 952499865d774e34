using DistGan.Training.Images;
using DistGan.Training.Images.Animations;
using SkiaSharp;

namespace DistGan.Training.Tests.Images.Animations;

/// <summary>Pictures of chosen pixels, and animations read back with an independent decoder.</summary>
internal static class Pictures
{
    /// <summary>Pixels that are a function of place and number.</summary>
    public static PixelGrid Of(int width, int height, int channels, Func<int, int> value)
        => new(width, height, channels, [.. Enumerable.Range(0, width * height * channels).Select(i => (byte)value(i))]);

    /// <summary>Random pixels, the same for a seed.</summary>
    public static PixelGrid Random(int width, int height, int channels, int seed)
    {
        var random = new Random(seed);
        return Of(width, height, channels, _ => random.Next(256));
    }

    public static byte[] Write(AnimationFormats.Writer writer, params PixelGrid[] pictures)
    {
        using var stream = new MemoryStream();
        writer(stream, pictures.Length, pictures.Select(static (picture, i) => new AnimationFrame(picture, TimeSpan.FromMilliseconds(100 * (i + 1)))));
        return stream.ToArray();
    }

    /// <summary>Duration and red-green-blue pixels of each frame, as Skia decodes them.</summary>
    public static IReadOnlyList<(int Milliseconds, byte[] Rgb)> Decode(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        Assert.NotNull(codec);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var frames = new List<(int, byte[])>();
        for (var i = 0; i < Math.Max(1, codec.FrameCount); i++)
        {
            using var bitmap = new SKBitmap(info);
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(info, bitmap.GetPixels(), new SKCodecOptions(i)));
            byte[] rgb = [.. bitmap.Bytes.Chunk(4).SelectMany(static pixel => pixel[..3])];
            frames.Add((codec.FrameCount > 0 ? codec.FrameInfo[i].Duration : 0, rgb));
        }

        return frames;
    }

    /// <summary>Red, green, blue of every pixel.</summary>
    public static byte[] Rgb(PixelGrid picture)
        => picture.Channels == 3 ? picture.Bytes : [.. picture.Bytes.SelectMany(static grey => new[] { grey, grey, grey })];
}
