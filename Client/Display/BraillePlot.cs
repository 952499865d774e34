namespace DistGan.Client.Display;

/// <summary>A curve in braille characters, each of 2 x 4 dots.</summary>
public static class BraillePlot
{
    private const char Empty = '\u2800';

    /// <summary>The bits of the dots of a character, by column and row.</summary>
    private static readonly int[][] Bits = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

    /// <summary>Lines from top to bottom; the lowest value lies on the lowest dots, the highest on the highest, and a constant in the middle.</summary>
    /// <param name="points">Steps, ascending, and their finite values.</param>
    /// <param name="width">Characters in a line, at least 1.</param>
    /// <param name="height">Lines, at least 1.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<(long Step, double Value)> points, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var cells = Enumerable.Range(0, height).Select(_ => new int[width]).ToArray();
        var rows = height * 4;
        int? before = null;
        foreach (var (column, value) in Columns(points, width * 2))
        {
            var row = RowOf(value, points, rows);
            var (from, to) = before is { } last && last != row ? (row < last ? (row, last - 1) : (last + 1, row)) : (row, row);
            for (var y = from; y <= to; y++)
            {
                cells[y / 4][column / 2] |= Bits[column % 2][y % 4];
            }

            before = row;
        }

        return [.. cells.Select(static line => string.Concat(line.Select(static bits => (char)(Empty + bits))))];
    }

    /// <summary>The mean of the values in each column that has any.</summary>
    private static IEnumerable<(int Column, double Value)> Columns(IReadOnlyList<(long Step, double Value)> points, int columns)
    {
        if (points.Count == 0)
        {
            return [];
        }

        var (first, span) = (points[0].Step, Math.Max(1, points[^1].Step - points[0].Step));
        return points.GroupBy(point => (int)((point.Step - first) * (columns - 1) / span)).Select(static group => (group.Key, group.Average(static point => point.Value)));
    }

    private static int RowOf(double value, IReadOnlyList<(long Step, double Value)> points, int rows)
    {
        var (low, high) = (points.Min(static point => point.Value), points.Max(static point => point.Value));
        return high > low ? (int)Math.Round((high - value) / (high - low) * (rows - 1)) : rows / 2;
    }
}
