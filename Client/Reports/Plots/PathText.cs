using System.Globalization;
using System.Text;

namespace DistGan.Client.Reports.Plots;

/// <summary>A line as the d attribute of an SVG path.</summary>
public static class PathText
{
    /// <summary>Straight lines from point to point; a value without a position ends a line, and a point between two gaps is a dot.</summary>
    public static string Of(IReadOnlyList<PlotPoint> points, Scale x, Scale y)
    {
        var text = new StringBuilder();
        var length = 0;
        foreach (var point in points)
        {
            if (x.Position(point.X) is { } left && y.Position(point.Y) is { } top)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(length == 0 ? 'M' : 'L')}{left:0.#} {top:0.#}");
                length++;
            }
            else
            {
                EndLine(text, ref length);
            }
        }

        EndLine(text, ref length);
        return text.ToString();
    }

    private static void EndLine(StringBuilder text, ref int length)
    {
        if (length == 1)
        {
            text.Append("h0"); // round ends make a dot of a line without length
        }

        length = 0;
    }
}
