using SkiaSharp;

namespace DistGan.Client.Display;

/// <summary>A small picture: height x width pixels, three bytes each.</summary>
public sealed class PixelPicture
{
    private readonly byte[] _rgb;

    private PixelPicture(int width, int height, byte[] rgb)
    {
        Width = width;
        Height = height;
        _rgb = rgb;
    }

    public int Width { get; }

    public int Height { get; }

    public (byte Red, byte Green, byte Blue) this[int x, int y]
    {
        get
        {
            var at = ((y * Width) + x) * 3;
            return (_rgb[at], _rgb[at + 1], _rgb[at + 2]);
        }
    }

    /// <summary>Reads a PNG; null where the file is not there or no picture.</summary>
    public static PixelPicture? Load(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var bitmap = SKBitmap.Decode(path);
        return Of(bitmap);
    }

    /// <summary>The picture of a PNG; null where it is none.</summary>
    public static PixelPicture? Decode(byte[] content)
    {
        using var bitmap = SKBitmap.Decode(content);
        return Of(bitmap);
    }

    private static PixelPicture? Of(SKBitmap? bitmap)
    {
        if (bitmap is null)
        {
            return null;
        }

        var pixels = bitmap.Pixels;
        var rgb = new byte[pixels.Length * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            rgb[i * 3] = pixels[i].Red;
            rgb[(i * 3) + 1] = pixels[i].Green;
            rgb[(i * 3) + 2] = pixels[i].Blue;
        }

        return new(bitmap.Width, bitmap.Height, rgb);
    }

    /// <summary>The first pixels of the picture, averaged into another size.</summary>
    public PixelPicture Scale(int sourceWidth, int sourceHeight, int width, int height)
    {
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                Average(x * sourceWidth / width, (x + 1) * sourceWidth / width, y * sourceHeight / height, (y + 1) * sourceHeight / height,
                    rgb.AsSpan(((y * width) + x) * 3, 3));
            }
        }

        return new(width, height, rgb);
    }

    private void Average(int left, int right, int top, int bottom, Span<byte> destination)
    {
        right = Math.Max(right, left + 1);
        bottom = Math.Max(bottom, top + 1);
        int red = 0, green = 0, blue = 0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                var (r, g, b) = this[x, y];
                red += r;
                green += g;
                blue += b;
            }
        }

        var count = (right - left) * (bottom - top);
        destination[0] = (byte)(red / count);
        destination[1] = (byte)(green / count);
        destination[2] = (byte)(blue / count);
    }
}
