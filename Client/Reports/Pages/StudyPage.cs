using DistGan.Client.Reports.Markup;
using DistGan.Client.Reports.Plots;
using DistGan.Client.Studies.Results;
using DistGan.Client.Studies.Running;
using DistGan.Recipes;
using DistGan.Silo.Documents;

namespace DistGan.Client.Reports.Pages;

/// <summary>The results of a study as a page.</summary>
internal sealed class StudyPage(StudyResults results, DateTimeOffset now)
{
    public string Write() => HtmlPage.Write(
        $"Study {results.Plan.Id}",
        ReportAssets.Style,
        ReportAssets.Script,
        Html.Of("main").Add(
            Html.Of("h1").Add(results.Plan.Id),
            Html.Of("p", "quiet").Add(Summary()),
            Html.Of("p", "command").Add(results.Plan.Command),
            Sections.Titled("Scores at the end of each run", Dots()),
            Sections.Titled("Scores", Table(ScoreMatrix.Headings(results), ScoreMatrix.Rows(results)), Html.Of("p", "quiet").Add(ScoreMatrix.Note(results))),
            Sections.Titled("Final, best and effects", Table(ResultTable.Headings(results), ResultTable.Rows(results)), Html.Of("p", "quiet").Add(ResultTable.Note(results))),
            Sections.Titled("Configurations", Changes()),
            Sections.Titled("Runs", Runs()),
            Sections.Titled("Left out", Skipped())),
        Sections.Footer(now));

    private string Summary()
    {
        var runs = results.Runs;
        var failed = runs.Count(static run => run.State == StudyRunState.Failed);
        return $"{results.Plan.Kind} of {results.Plan.Recipe}: {results.Configurations.Count} configurations, {runs.Count(static run => run.State == StudyRunState.Completed)} of {runs.Count} runs completed{(failed == 0 ? "" : $", {failed} failed")}.";
    }

    private Html? Dots()
    {
        var figures = results.ScoreNames.Where(static name => !MetricNames.IsClassShare(name)).Select(name => DotFigure.Draw(TitleOf(name), [.. results.Configurations.Select((configuration, i) => RowOf(configuration, name, i))])).ToList();
        return figures.Count == 0 ? null : Html.Of("div", "plots").Add(figures);
    }

    private static string TitleOf(string score) => MetricGroup.TitleOf(score) + MetricDirections.Of(score) switch
    {
        true => " (lower is better)",
        false => " (higher is better)",
        null => "",
    };

    private static DotRow RowOf(ConfigurationResult configuration, string name, int color)
    {
        var score = configuration.Scores.FirstOrDefault(score => score.Name == name);
        return new(configuration.Configuration.Name, color, [.. score?.FinalValues.Values ?? []], score?.Final.Mean, score?.Final.Deviation);
    }

    private static Html Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows) => Sections.Table(
        [.. headings.Select(static heading => (heading.TrimStart('#'), (string?)(heading.StartsWith('#') ? "number" : "word")))],
        rows.Select(static row => (IReadOnlyList<Html>)[.. row.Select(static cell => (Html)cell)]));

    private Html? Changes()
    {
        var changes = ResultTable.Changes(results);
        return changes.Count == 0 ? null : Sections.Table([("configuration", "word"), ("changes", "long")], changes.Select(static change => new Html[] { change.Name, change.Changes }));
    }

    private Html Runs() => Sections.Table(
        [("run", "word"), ("state", "word"), ("steps", "number"), ("time", "number"), ("why", "long")],
        results.Runs.Select(static run => new Html[]
        {
            run.Run.Name,
            Html.Of("span", $"state {run.State.ToString().ToLowerInvariant()}").Add(run.State.ToString().ToLowerInvariant()),
            $"{run.Steps:N0}",
            Sections.Duration(run.Seconds),
            run.Failure ?? "",
        }));

    private Html? Skipped() => results.Plan.Skipped.Count == 0
        ? null
        : Sections.Table([("what", "word"), ("why", "long")], results.Plan.Skipped.Select(static skipped => new Html[] { skipped.Name, skipped.Reason }));
}
