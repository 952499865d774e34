using DistGan.Recipes;
using Words = DistGan.Client.Display.Text;

namespace DistGan.Client.Display;

/// <summary>The curves of the losses and of the first score, side by side.</summary>
internal static class CurveRows
{
    private const int Lines = 4;
    private const int LeastWidth = 16;
    private const int Gap = 2;

    /// <summary>Headings and curves of the first replica; no lines where there is nothing to draw yet, or no room.</summary>
    public static IReadOnlyList<string> Of(JobView view, int width, int height)
    {
        if (view.Replicas.FirstOrDefault() is not { } replica || height < 24)
        {
            return [];
        }

        (string Name, History? History)[] all = [("loss D", replica.HistoryOf(MetricNames.DiscriminatorLoss)), ("loss G", replica.HistoryOf(MetricNames.GeneratorLoss)), (replica.FirstScore ?? "", replica.HistoryOf(replica.FirstScore))];
        var curves = all.Where(static curve => curve.History is { Points.Count: > 1 }).ToList();
        var room = curves.Count == 0 ? 0 : (width - (Gap * (curves.Count - 1))) / curves.Count;
        if (room < LeastWidth)
        {
            return [];
        }

        var of = view.Facts.Replicas > 1 ? $" of r{replica.Ordinal}" : "";
        var columns = curves.ConvertAll(curve => (IReadOnlyList<string>)[Heading(curve.Name + of, curve.History!, room), .. BraillePlot.Of(curve.History!.Points, room, Lines)]);
        return [.. Enumerable.Range(0, Lines + 1).Select(line => string.Join(new string(' ', Gap), columns.Select(column => Fit(column[line], room))).TrimEnd())];
    }

    /// <summary>With the range of the curve where there is room for it.</summary>
    private static string Heading(string name, History history, int room)
    {
        var now = $"{name} {Words.Number(history.Last)}";
        var range = $"{now}  ({Words.Number(history.Points.Min(static point => point.Value))} to {Words.Number(history.Points.Max(static point => point.Value))})";
        return range.Length <= room ? range : now;
    }

    private static string Fit(string text, int width) => text.Length <= width ? text.PadRight(width) : text[..width];
}
