namespace DistGan.Client.Reports.Plots;

/// <summary>Fewer points of a long line, such that no peak and no gap is lost.</summary>
public static class Decimation
{
    /// <summary>Lines with at most so many points stay as they are.</summary>
    public const int MostPoints = 1000;

    /// <summary>A part gives its least, its greatest and its first missing value.</summary>
    private const int PointsOfAPart = 3;

    /// <summary>
    /// At most <see cref="MostPoints"/> points: the first, the last, and of each of equally long parts between them the least value,
    /// the greatest and a gap where there is one, in their order.
    /// </summary>
    public static IReadOnlyList<PlotPoint> Thin(IReadOnlyList<PlotPoint> points)
    {
        if (points.Count <= MostPoints)
        {
            return points;
        }

        const int Parts = (MostPoints - 2) / PointsOfAPart;
        var inner = points.Count - 2;
        var kept = new List<PlotPoint> { points[0] };
        for (var part = 0; part < Parts; part++)
        {
            var start = 1 + (int)((long)inner * part / Parts);
            var end = 1 + (int)((long)inner * (part + 1) / Parts);
            kept.AddRange(Extremes(points, start, end).Distinct().Order().Select(index => points[index]));
        }

        kept.Add(points[^1]);
        return kept;
    }

    private static IEnumerable<int> Extremes(IReadOnlyList<PlotPoint> points, int start, int end)
    {
        int? least = null, greatest = null, gap = null;
        for (var i = start; i < end; i++)
        {
            if (points[i].Y is not { } value)
            {
                gap ??= i;
                continue;
            }

            least = least is null || value < points[least.Value].Y ? i : least;
            greatest = greatest is null || value > points[greatest.Value].Y ? i : greatest;
        }

        return new[] { least, greatest, gap }.OfType<int>();
    }
}
