using DistGan.Recipes;
using Spectre.Console;
using Spectre.Console.Rendering;
using Words = DistGan.Client.Display.Text;

namespace DistGan.Client.Display;

/// <summary>The live region: job, progress, numbers, curves, events, picture; each line is cut to the terminal's width.</summary>
public static class JobPanel
{
    public static IRenderable Of(JobView view, PixelPicture? picture, string? status, int width, int height)
    {
        List<(string Text, Style Style)> lines =
        [
            ($"{view.Facts.Job}: {view.Facts.Description}", new Style(decoration: Decoration.Bold)),
            (view.AwaitedFrom is { } step ? FirstReport.Of(view.Facts, step) : Speed(view), Style.Plain),
            .. Details(view, height).Select(static line => (line, Style.Plain)),
            .. CurveRows.Of(view, width, height).Select(static line => (line, new Style(Color.Aqua))),
            .. view.Events.Select(static entry => ($"  {entry.Kind}: {entry.Message}", new Style(Color.Grey))),
        ];
        if (status is not null)
        {
            lines.Add((status, new Style(Color.Yellow)));
        }

        var rows = lines.Select(line => (IRenderable)new Spectre.Console.Text(Cut(line.Text, width), line.Style)).ToList();
        rows.Insert(1, Bar(view, width));
        var room = Math.Min(22, height - rows.Count - 2);
        if (picture is not null && PictureFit.Fit(picture, view.Facts.GridColumns, view.Facts.GridRows, width, room) is { } fitted)
        {
            rows.Add(new HalfBlocks(fitted));
        }

        return new Rows(rows);
    }

    /// <summary>One replica in two lines; several in a line each, as many as leave half of the height to the rest.</summary>
    private static IEnumerable<string> Details(JobView view, int height)
    {
        if (view.Facts.Replicas == 1)
        {
            return view.Lost.Count > 0 ? [ReplicaLine.Of(view.Lost[0], view.Facts.RoundSteps)] : [Losses(view), Replay(view)];
        }

        var shown = Math.Max(1, height / 2);
        var lines = view.Replicas.Take(shown).Select(replica => ReplicaLine.Of(replica, view.Facts.RoundSteps));
        return view.Replicas.Count > shown ? lines.Append($"… and {view.Replicas.Count - shown} more replicas") : lines;
    }

    private static Paragraph Bar(JobView view, int width)
    {
        var step = view.Last?.Step ?? 0;
        var of = view.Facts.Budget.Steps is { } steps ? $"/{steps}" : "";
        var left = view.Remaining is { } remaining ? $"  {Words.Duration(remaining)} left" : "";
        var gone = view.Last is { } last ? Words.Duration(TimeSpan.FromSeconds(last.Seconds)) : "starting";
        var text = Cut($" step {step}{of}  {view.Fraction * 100:0} %  {gone}{left}", width);
        var room = Math.Clamp(width - text.Length - 1, 0, 60);
        var full = (int)Math.Round(room * view.Fraction);
        return new Paragraph()
            .Append(new string('━', full), new Style(Color.Green))
            .Append(new string('─', room - full), new Style(Color.Grey))
            .Append(text);
    }

    private static string Cut(string text, int width)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= width ? line : width < 2 ? "" : $"{line[..(width - 1)]}…";
    }

    private static string Speed(JobView view)
    {
        var speed = $"{Words.Number(view.Sum(MetricNames.StepsPerSecond))} steps/s  {Words.Number(view.Sum(MetricNames.ImagesPerSecond))} images/s";
        return view.Score is null || view.Facts.Replicas > 1 ? speed : $"{speed}  {view.Score}";
    }

    private static string Losses(JobView view)
        => $"loss D {Words.Number(view.Value(MetricNames.DiscriminatorLoss))}  G {Words.Number(view.Value(MetricNames.GeneratorLoss))}"
            + $"  D right on real {Words.Share(view.Value(MetricNames.RealAccuracy))}"
            + $"  fresh {Words.Share(view.Value(MetricNames.FakeAccuracy))}"
            + $"  replayed {Words.Share(view.Value(MetricNames.ReplayedAccuracy))}";

    private static string Replay(JobView view)
    {
        var text = view.Value(MetricNames.ReplayFill) is { } fill
            ? $"replay {fill * 100:0} % full, {Words.Number(view.Value(MetricNames.ReplayAgeSteps))} steps old"
            : "replay off";
        text += Stale(view, MetricNames.ReplayStalenessSteps, "replay");
        return text + Stale(view, MetricNames.ParametersStalenessSteps, "parameters");
    }

    private static string Stale(JobView view, string metric, string what)
        => view.Value(metric) is { } steps && steps > view.Facts.RoundSteps ? $"  {what} stale by {steps:0} steps" : "";
}
