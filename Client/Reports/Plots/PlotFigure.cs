using System.Globalization;
using System.Text;
using System.Text.Json;
using DistGan.Client.Display;
using DistGan.Client.Reports.Markup;

namespace DistGan.Client.Reports.Plots;

/// <summary>A plot as a figure of a page: title, axes, lines, legend, and the data that the read-out of the page's script shows.</summary>
public static class PlotFigure
{
    /// <summary>Colours of the page's style; further lines repeat them dashed.</summary>
    public const int Colors = 8;

    private const double Width = 400;
    private const double Height = 230;
    private const double Left = 46;
    private const double Right = 382;
    private const double Top = 10;
    private const double Bottom = 196;

    /// <summary>Below this many points each is marked.</summary>
    private const int MarkedPoints = 40;

    /// <summary>Up to this many points the marks are large.</summary>
    private const int FewPoints = 3;

    public static Html Draw(Plot plot)
    {
        plot = plot with { Series = [.. plot.Series.Select(static series => series with { Points = Decimation.Thin(series.Points) })] };
        var x = Scale.Horizontal(plot, Left, Right);
        var y = Scale.Vertical(plot, Bottom, Top);
        var svg = Html.Of("svg")
            .With("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}"))
            .With("role", "img").With("tabindex", "0").With("aria-label", Description(plot)).With("data-plot", Data(plot, x))
            .Add(HorizontalAxis(x, plot.XLabel), VerticalAxis(y))
            .Add(plot.Series.Select(series => Line(series, x, y)))
            .Add(Html.Of("line", "cursor").With("x1", Left).With("x2", Left).With("y1", Top).With("y2", Bottom));
        var title = y.IsLog ? $"{plot.Title} (logarithmic)" : plot.Title;
        return Html.Of("figure", "plot").Add(
            Html.Of("figcaption").Add(title), svg, Legend(plot), Html.Of("output", "readout").With("aria-live", "polite"));
    }

    private static Html HorizontalAxis(Scale x, string label)
    {
        var axis = Html.Of("g", "axis").Add(Segment(Left, Bottom, Right, Bottom));
        foreach (var tick in Ticks.Of(x))
        {
            var at = x.Position(tick)!.Value;
            axis.Add(Segment(at, Bottom, at, Bottom + 4), Word(at, Bottom + 16, "middle", TickText.Of(tick)));
        }

        return axis.Add(Word((Left + Right) / 2, Height - 3, "middle", label));
    }

    private static Html VerticalAxis(Scale y)
    {
        var axis = Html.Of("g", "axis");
        foreach (var tick in Ticks.Of(y))
        {
            var at = y.Position(tick)!.Value;
            axis.Add(Segment(Left, at, Right, at, "grid"), Word(Left - 6, at + 3.5, "end", TickText.Of(tick)));
        }

        return axis;
    }

    private static Html Line(PlotSeries series, Scale x, Scale y)
    {
        var line = Html.Of("g", Classes(series));
        line.Add(Html.Of("path").With("d", PathText.Of(series.Points, x, y)));
        if (series.Points.Count < MarkedPoints)
        {
            line.Add(series.Points.Where(point => y.Position(point.Y) is not null).Select(point
                => Html.Of("circle").With("cx", x.Position(point.X)!.Value).With("cy", y.Position(point.Y)!.Value).With("r", series.Points.Count <= FewPoints ? 3.5 : 1.8)));
        }

        return line;
    }

    private static Html? Legend(Plot plot)
        => plot.Series.Count < 2
            ? null
            : Html.Of("ul", "legend").Add(plot.Series.Select(static series => Html.Of("li").Add(Html.Of("span", $"key {Classes(series)}"), series.Name)));

    private static string Classes(PlotSeries series) => $"c{series.Color % Colors}{(series.Color >= Colors ? " dashed" : "")}";

    private static Html Segment(double x1, double y1, double x2, double y2, string? classes = null)
        => Html.Of("line", classes).With("x1", x1).With("y1", y1).With("x2", x2).With("y2", y2);

    private static Html Word(double x, double y, string anchor, string text)
        => Html.Of("text").With("x", x).With("y", y).With("text-anchor", anchor).Add(text);

    /// <summary>The picture in words, for those who cannot see it.</summary>
    private static string Description(Plot plot)
    {
        var lines = plot.Series.Select(static series => series.Points.LastOrDefault(static point => point.Y is not null) is { Y: { } value } last
            ? $"{series.Name} ends at {Text.Number(value)} at {last.X:0}"
            : $"{series.Name} has no values");
        return $"{plot.Title} over {plot.XLabel}: {string.Join("; ", lines)}.";
    }

    private static string Data(Plot plot, Scale x)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("label", plot.XLabel);
            WriteNumbers(json, "axis", "R", [x.Low, x.High, Left, Right, Width]);
            json.WriteStartArray("series");
            foreach (var series in plot.Series)
            {
                json.WriteStartObject();
                json.WriteString("name", series.Name);
                WriteNumbers(json, "x", "R", series.Points.Select(static point => (double?)point.X));
                WriteNumbers(json, "y", "G5", series.Points.Select(static point => point.Y));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, string format, IEnumerable<double?> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            if (number is { } value && double.IsFinite(value))
            {
                json.WriteRawValue(value.ToString(format));
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }
}
