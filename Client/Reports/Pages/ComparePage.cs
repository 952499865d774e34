using DistGan.Client.Display;
using DistGan.Client.Reports.Markup;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Reports.Pages;

/// <summary>Several runs beside one another as a page.</summary>
internal sealed class ComparePage(Comparison comparison, DateTimeOffset now)
{
    private const int MostPictures = 12;

    public string Write() => HtmlPage.Write(
        $"Comparison of {string.Join(", ", comparison.Names)}",
        ReportAssets.Style,
        ReportAssets.Script,
        Html.Of("main").Add(
            Html.Of("h1").Add($"{comparison.Names.Count} runs compared"),
            Runs(),
            NotComparable(),
            Sections.Titled("What differs in their recipes", Differences()),
            Sections.Titled("Curves", Sections.Plots(Curves.OfRuns(comparison.Runs))),
            Samples()),
        Sections.Footer(now));

    private Html Runs()
    {
        var scores = comparison.ScoreNames;
        (string, string?)[] columns =
        [
            ("run", "word"), ("state", "word"), ("steps", "number"), ("time", "number"), ("images/s", "number"),
            .. scores.SelectMany(static score => new (string, string?)[] { ($"{score}, last", "number"), ($"{score}, best", "number") }),
        ];
        return Sections.Table(columns, comparison.Runs.Select((run, i) => Row(run.Name, run.Run.Facts, i, scores)));
    }

    private Html? NotComparable()
        => comparison.NotComparable is { Count: > 0 } scores
            ? Html.Of("ul", "quiet").Add(scores.Select(static score => Html.Of("li").Add($"{score.Key}: only scores with the same number in brackets may be compared; the others differ in {score.Value}.")))
            : null;

    private Html[] Row(string name, RunFacts facts, int color, IReadOnlyList<string> scores) =>
    [
        Html.Of("span").Add(Html.Of("span", $"key c{color % Plots.PlotFigure.Colors}{(color >= Plots.PlotFigure.Colors ? " dashed" : "")}"), name),
        Sections.State(facts),
        Sections.Progress(facts),
        Sections.Duration(facts.Seconds),
        Text.Number(facts.ImagesPerSecond),
        .. scores.SelectMany(score => facts.Scores.FirstOrDefault(own => own.Name == score) is { } own
            ? new Html[] { $"{Text.Score(own.Last)} at {own.LastStep:N0}{(comparison.GroupOf(own) is { } group ? $" ({group})" : "")}", $"{Text.Score(own.Best)} at {own.BestStep:N0}" }
            : [Text.None, Text.None]),
    ];

    private Html Differences()
        => comparison.Differences.Count == 0
            ? Html.Of("p", "quiet").Add("Nothing.")
            : Sections.Table(
                [("key", "name"), .. comparison.Names.Select(static name => (name, (string?)"word"))],
                comparison.Differences.Select(static row => (IReadOnlyList<Html>)[row.Key, .. row.Shown.Select(static value => (Html)(value ?? Text.None))]));

    private Html? Samples()
    {
        var most = Sections.MostPictures([.. comparison.Runs.SelectMany(static run => run.Run.Samples)], MostPictures * comparison.Runs.Count) / comparison.Runs.Count;
        var frames = Sections.Spread(comparison.CommonSampleSteps, Math.Max(2, most))
            .Select(step => Html.Of("div", "frame").With("data-step", step).Add(Html.Of("div", "side").Add(comparison.Runs.Select(run => Picture(run.Name, run.Run, step)))))
            .ToList();
        return frames.Count == 0 ? null : Sections.Titled("Samples at the same steps", Sections.Slider(frames.Count), Html.Of("div", "strip wide").Add(frames));
    }

    private static Html? Picture(string name, RunContents run, long step)
        => run.Samples.FirstOrDefault(sample => sample.Step == step).Path is { } path && Sections.Picture(path, $"Samples of {name} at step {step}") is { } picture
            ? Html.Of("figure").Add(picture, Html.Of("figcaption").Add($"{name}, step {step:N0}"))
            : null;
}
