using SkiaSharp;

namespace DistGan.EndToEnd.Tests.Outputs;

/// <summary>An animation as Skia decodes it.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Milliseconds">How long each frame stays.</param>
/// <param name="Frames">The pixels of each.</param>
internal sealed record Animation(int Width, int Height, IReadOnlyList<int> Milliseconds, IReadOnlyList<SKColor[]> Frames)
{
    public static Animation Read(string path)
    {
        using var codec = SKCodec.Create(path);
        Assert.NotNull(codec);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var frames = new List<SKColor[]>();
        for (var i = 0; i < Math.Max(1, codec.FrameCount); i++)
        {
            using var bitmap = new SKBitmap(info);
            Assert.Equal(SKCodecResult.Success, codec.GetPixels(info, bitmap.GetPixels(), new SKCodecOptions(i)));
            frames.Add(bitmap.Pixels);
        }

        return new(info.Width, info.Height, [.. codec.FrameInfo.Select(static frame => frame.Duration)], frames);
    }
}
