using SkiaSharp;

namespace DistGan.Training.Data.Folders;

/// <summary>Turns a square picture as its EXIF orientation says.</summary>
internal static class Orientation
{
    /// <summary>Moves the pixels of one plane in place.</summary>
    public static void Apply(SKEncodedOrigin origin, Span<byte> plane, int size)
    {
        if (origin == SKEncodedOrigin.TopLeft)
        {
            return;
        }

        var source = plane.ToArray();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (fromX, fromY) = From(origin, x, y, size - 1);
                plane[y * size + x] = source[fromY * size + fromX];
            }
        }
    }

    /// <summary>Where the pixel that is shown at (x, y) is stored; the name says which corner the first stored pixel is shown in.</summary>
    private static (int X, int Y) From(SKEncodedOrigin origin, int x, int y, int last) => origin switch
    {
        SKEncodedOrigin.TopRight => (last - x, y),
        SKEncodedOrigin.BottomRight => (last - x, last - y),
        SKEncodedOrigin.BottomLeft => (x, last - y),
        SKEncodedOrigin.LeftTop => (y, x),
        SKEncodedOrigin.RightTop => (y, last - x),
        SKEncodedOrigin.RightBottom => (last - y, last - x),
        SKEncodedOrigin.LeftBottom => (last - y, x),
        _ => (x, y),
    };
}
