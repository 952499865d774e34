using SkiaSharp;

namespace DistGan.Training.Tests.Data.Folders;

/// <summary>A folder of generated pictures, removed with its test; its packs lie in a folder of their own beside it.</summary>
internal sealed class PictureFolder : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public PictureFolder() => Directory.CreateDirectory(Path);

    public string Path => System.IO.Path.Combine(_root.Path, "pictures");

    public string Cache => System.IO.Path.Combine(_root.Path, "cache");

    public string Add(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A picture whose pixels a function gives.</summary>
    public static byte[] Encode(int width, int height, Func<int, int, SKColor> color, SKEncodedImageFormat format = SKEncodedImageFormat.Png, SKColorType type = SKColorType.Rgba8888)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, type, type == SKColorType.Gray8 || format == SKEncodedImageFormat.Jpeg ? SKAlphaType.Opaque : SKAlphaType.Unpremul));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, color(x, y));
            }
        }

        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    /// <summary>One colour, made without touching each pixel.</summary>
    public static byte[] EncodePlain(int width, int height, SKColor color, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(color);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>Each row of one colour.</summary>
    public static byte[] EncodeRows(int width, int height, Func<int, SKColor> color)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < height; y++)
        {
            bitmap.Erase(color(y), new SKRectI(0, y, width, y + 1));
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public static SKColor Grey(int value) => new((byte)value, (byte)value, (byte)value);

    public void Dispose() => _root.Dispose();
}
