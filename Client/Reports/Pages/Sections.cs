using DistGan.Client.Display;
using DistGan.Client.Reports.Markup;
using DistGan.Client.Reports.Plots;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Reports.Pages;

/// <summary>Parts that pages have in common.</summary>
internal static class Sections
{
    private const long PictureBytes = 12L << 20;

    /// <summary>A heading and what follows it; null where there is nothing.</summary>
    public static Html? Titled(string title, params IEnumerable<Html?> content)
    {
        var there = content.OfType<Html>().ToList();
        return there.Count == 0 ? null : Html.Of("section").Add(Html.Of("h2").Add(title)).Add(there);
    }

    public static Html State(RunFacts facts) => Html.Of("span", $"state {facts.StateName}").Add(facts.StateName);

    /// <summary>Plots beside one another.</summary>
    public static Html? Plots(IReadOnlyList<Plot> plots)
    {
        var drawn = plots.Where(static plot => plot.Series.Count > 0).Select(PlotFigure.Draw).ToList();
        return drawn.Count == 0 ? null : Html.Of("div", "plots").Add(drawn);
    }

    /// <summary>A table that scrolls by itself where the page is narrower than it.</summary>
    /// <param name="columns">Headings, with the class of their cells.</param>
    /// <param name="rows">Cells.</param>
    public static Html Table(IReadOnlyList<(string Heading, string? Class)> columns, IEnumerable<IReadOnlyList<Html>> rows)
        => Html.Of("div", "scroll").With("tabindex", "0").With("role", "region").With("aria-label", "table").Add(Html.Of("table").Add(
            Html.Of("thead").Add(Html.Of("tr").Add(columns.Select(static column => Html.Of("th", column.Class).With("scope", "col").Add(column.Heading)))),
            Html.Of("tbody").Add(rows.Select(row => Html.Of("tr").Add(row.Select((cell, i) => Html.Of("td", columns[i].Class).Add(cell)))))));

    /// <summary>The slider that the page's script shows over a strip of pictures.</summary>
    public static Html Slider(int frames) => Html.Of("div", "slider").With("hidden", "").Add(
        Html.Of("input").With("type", "range").With("min", "0").With("max", frames - 1).With("value", frames - 1).With("step", "1").With("aria-label", "step of the samples"),
        Html.Of("output"));

    /// <summary>A picture inside the page; null where its file is gone.</summary>
    public static Html? Picture(string path, string description)
        => JsonLines.Bytes(path) is { Length: > 0 } bytes
            ? Html.Of("img").With("src", $"data:image/png;base64,{Convert.ToBase64String(bytes)}").With("alt", description)
            : null;

    /// <summary>How many pictures a page takes without growing beyond what can be sent around.</summary>
    /// <param name="samples">All that there are.</param>
    /// <param name="most">How many, if they are small.</param>
    public static int MostPictures(IReadOnlyList<(long Step, string Path)> samples, int most)
    {
        var largest = samples.Select(static sample => new FileInfo(sample.Path)).Where(static file => file.Exists).Select(static file => file.Length).DefaultIfEmpty(1).Max();
        return (int)Math.Clamp(PictureBytes / Math.Max(1, largest), 2, most);
    }

    /// <summary>At most so many of a list, evenly spread, the first and the last among them.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most)
        => all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * (all.Count - 1) / (most - 1))])];

    public static string Progress(RunFacts facts) => facts.Budget is { } budget && budget > facts.Steps ? $"{facts.Steps:N0} of {budget:N0}" : $"{facts.Steps:N0}";

    public static string Duration(double? seconds) => seconds is { } value ? Text.Duration(TimeSpan.FromSeconds(value)) : Text.None;

    public static Html Footer(DateTimeOffset time) => Html.Of("footer").Add($"Made by DistGan on {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC. This file is complete in itself; it asks nothing of any network.");
}
