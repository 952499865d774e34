using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Images;

/// <summary>Two-dimensional samples over the centres of the modes, on axes that depend on the modes alone, so that pictures of one job compare.</summary>
public static class PointPlot
{
    /// <summary>Width and height of the picture.</summary>
    public const int Size = 400;

    private static readonly (byte, byte, byte) Background = (255, 255, 255);
    private static readonly (byte, byte, byte) Center = (214, 92, 40);
    private static readonly (byte, byte, byte) Sample = (38, 84, 124);

    /// <summary>Draws samples [N, 2] as dots of 2×2 pixels and each centre as a square frame; what lies outside of the axes is left out.</summary>
    /// <exception cref="DistGanException">The samples are not two-dimensional points.</exception>
    public static PixelGrid Draw(Tensor samples, GaussianModes modes)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(modes);
        if (samples.dim() != 2 || samples.shape[1] != 2)
        {
            throw new DistGanException($"A point plot is made of samples [N, 2], not [{string.Join(", ", samples.shape)}].");
        }

        var grid = new PixelGrid(Size, Size, 3, new byte[Size * Size * 3]);
        Rectangle(grid, 0, 0, Size, Background);
        var reach = Reach(modes);
        var encoded = new byte[samples.numel() * sizeof(float)];
        SampleCodec.Encode(samples, encoded);
        var points = MemoryMarshal.Cast<byte, float>(encoded);
        foreach (var (x, y) in modes.Centers)
        {
            Frame(grid, Pixel(x, reach), Pixel(-y, reach));
        }

        for (var i = 0; i < points.Length; i += 2)
        {
            Rectangle(grid, Pixel(points[i], reach), Pixel(-points[i + 1], reach), 2, Sample);
        }

        return grid;
    }

    /// <summary>Half the length of an axis: the farthest centre and a quarter more.</summary>
    private static double Reach(GaussianModes modes)
        => 1.25 * Math.Max(modes.Centers.Max(static c => Math.Max(Math.Abs(c.X), Math.Abs(c.Y))), 4 * modes.StandardDeviation);

    /// <summary>Far outside for numbers that no axis holds, NaN included.</summary>
    private static int Pixel(double value, double reach)
        => Math.Abs(value) <= 2 * reach ? (int)Math.Round((value / reach + 1) / 2 * Size) : -Size;

    private static void Frame(PixelGrid grid, int x, int y)
    {
        Rectangle(grid, x - 5, y - 5, 11, Center);
        Rectangle(grid, x - 4, y - 4, 9, Background);
    }

    private static void Rectangle(PixelGrid grid, int left, int top, int size, (byte Red, byte Green, byte Blue) color)
    {
        for (var y = Math.Max(top, 0); y < Math.Min(top + size, grid.Height); y++)
        {
            for (var x = Math.Max(left, 0); x < Math.Min(left + size, grid.Width); x++)
            {
                var at = (y * grid.Width + x) * 3;
                (grid.Bytes[at], grid.Bytes[at + 1], grid.Bytes[at + 2]) = color;
            }
        }
    }
}
