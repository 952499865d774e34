using System.Globalization;
using DistGan.Client.Display;
using DistGan.Client.Reports.Markup;

namespace DistGan.Client.Reports.Plots;

/// <summary>Rows of values with their means and bars of one standard deviation, over a common horizontal axis.</summary>
public static class DotFigure
{
    private const double Width = 400;
    private const double Left = 132;
    private const double Right = 386;
    private const double Top = 8;
    private const double RowHeight = 22;
    private const double AxisHeight = 24;
    private const int LongestName = 20;

    /// <summary>The figure.</summary>
    /// <param name="title">What the values are.</param>
    /// <param name="rows">From top to bottom.</param>
    public static Html Draw(string title, IReadOnlyList<DotRow> rows)
    {
        var bottom = Top + (rows.Count * RowHeight);
        var x = ScaleOf(title, rows);
        var svg = Html.Of("svg")
            .With("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {bottom + AxisHeight}"))
            .With("role", "img").With("aria-label", Description(title, rows))
            .Add(Axis(x, bottom))
            .Add(rows.Select((row, i) => Row(row, x, Top + ((i + 0.5) * RowHeight))));
        return Html.Of("figure", "plot dots").Add(Html.Of("figcaption").Add(title), svg);
    }

    /// <summary>Wide enough for every value and every bar.</summary>
    private static Scale ScaleOf(string title, IReadOnlyList<DotRow> rows)
    {
        var all = rows.SelectMany(static row => row.Mean is { } mean && row.Deviation is { } deviation ? [.. row.Values, mean - deviation, mean + deviation] : row.Values);
        return Scale.Vertical(new Plot { Title = title, Series = [new(title, 0, [.. all.Select(static (value, i) => new PlotPoint(i, value))])] }, Left, Right);
    }

    private static Html Axis(Scale x, double bottom)
    {
        var axis = Html.Of("g", "axis").Add(Segment(Left, bottom, Right, bottom));
        foreach (var tick in Ticks.Of(x))
        {
            var at = x.Position(tick)!.Value;
            axis.Add(Segment(at, Top, at, bottom, "grid"), Html.Of("text").With("x", at).With("y", bottom + 16).With("text-anchor", "middle").Add(TickText.Of(tick)));
        }

        return axis;
    }

    private static Html Row(DotRow row, Scale x, double y)
    {
        var name = row.Name.Length > LongestName ? row.Name[..(LongestName - 1)] + "…" : row.Name;
        var group = Html.Of("g", $"row c{row.Color % PlotFigure.Colors}").Add(
            Html.Of("title").Add(row.Name),
            Html.Of("text").With("x", Left - 8).With("y", y + 3.5).With("text-anchor", "end").Add(name));
        if (row.Mean is { } mean && row.Deviation is { } deviation && x.Position(mean - deviation) is { } from && x.Position(mean + deviation) is { } to)
        {
            group.Add(Segment(from, y, to, y, "spread"), Segment(from, y - 4, from, y + 4, "spread"), Segment(to, y - 4, to, y + 4, "spread"));
        }

        group.Add(row.Values.Select(value => x.Position(value) is { } at ? Dot(at, y, 3, "seed") : null));
        return group.Add(x.Position(row.Mean) is { } middle ? Dot(middle, y, 4.5, "mean") : null);
    }

    private static Html Dot(double x, double y, double radius, string classes) => Html.Of("circle", classes).With("cx", x).With("cy", y).With("r", radius);

    private static Html Segment(double x1, double y1, double x2, double y2, string? classes = null)
        => Html.Of("line", classes).With("x1", x1).With("y1", y1).With("x2", x2).With("y2", y2);

    /// <summary>The picture in words, for those who cannot see it.</summary>
    private static string Description(string title, IReadOnlyList<DotRow> rows)
        => $"{title}: {string.Join("; ", rows.Select(static row => row.Mean is null ? $"{row.Name} has no values" : $"{row.Name} {Text.Number(row.Mean)}{(row.Deviation is null ? "" : $" ± {Text.Number(row.Deviation)}")}"))}.";
}
