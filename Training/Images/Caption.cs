namespace DistGan.Training.Images;

/// <summary>Pictures with a line of text below them.</summary>
public static class Caption
{
    private const int Scale = 2;
    private const int Margin = 4;
    private const byte Paper = 255;

    /// <summary>Pixels that a caption adds to the height.</summary>
    public const int Height = PixelFont.Height * Scale + 2 * Margin;

    /// <summary>The picture with a white strip below it; text that is wider than the picture is cut off. Knows digits, spaces and the letters of "step".</summary>
    public static PixelGrid Below(PixelGrid picture, string text)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new byte[picture.Width * (picture.Height + Height) * picture.Channels];
        picture.Bytes.CopyTo(bytes, 0);
        bytes.AsSpan(picture.Bytes.Length).Fill(Paper);
        var all = new PixelGrid(picture.Width, picture.Height + Height, picture.Channels, bytes);
        for (var y = 0; y < PixelFont.Height * Scale; y++)
        {
            for (var x = Margin; x < picture.Width - Margin; x++)
            {
                if (IsInk(text, (x - Margin) / Scale, y / Scale))
                {
                    // Ink is black.
                    all.Bytes.AsSpan(((picture.Height + Margin + y) * all.Width + x) * all.Channels, all.Channels).Clear();
                }
            }
        }

        return all;
    }

    private static bool IsInk(string text, int x, int y)
    {
        var (character, column) = Math.DivRem(x, PixelFont.Width + 1);
        return character < text.Length && column < PixelFont.Width && PixelFont.IsSet(text[character], column, y);
    }
}
