using Spectre.Console;
using Spectre.Console.Rendering;

namespace DistGan.Client.Display;

/// <summary>A picture in characters: two pixels a character in colour, a ramp of characters without.</summary>
public sealed class HalfBlocks(PixelPicture picture) : Renderable
{
    private const string Ramp = " .:-=+*#%@";

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(picture.Width, picture.Width);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var colors = options.ColorSystem != ColorSystem.NoColors;
        var width = Math.Min(picture.Width, maxWidth);
        for (var y = 0; y < picture.Height; y += 2)
        {
            for (var x = 0; x < width; x++)
            {
                var top = picture[x, y];
                var bottom = y + 1 < picture.Height ? picture[x, y + 1] : default;
                yield return colors
                    ? new Segment("▀", new Style(ColorOf(top), ColorOf(bottom)))
                    : new Segment(Shade(top, bottom));
            }

            yield return Segment.LineBreak;
        }
    }

    private static Color ColorOf((byte Red, byte Green, byte Blue) pixel) => new(pixel.Red, pixel.Green, pixel.Blue);

    private static string Shade((byte Red, byte Green, byte Blue) top, (byte Red, byte Green, byte Blue) bottom)
    {
        var sum = top.Red + top.Green + top.Blue + bottom.Red + bottom.Green + bottom.Blue;
        return Ramp[sum * (Ramp.Length - 1) / (6 * 255)].ToString();
    }
}
