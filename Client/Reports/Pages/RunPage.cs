using DistGan.Client.Display;
using DistGan.Client.Outputs;
using DistGan.Client.Reports.Markup;
using DistGan.Client.Runs.Contents;
using DistGan.Recipes;
using DistGan.Silo.Documents;

namespace DistGan.Client.Reports.Pages;

/// <summary>The report of one run as a page.</summary>
internal sealed class RunPage(RunContents run, DateTimeOffset now)
{
    private const int MostPictures = 24;
    private const int MostEvents = 200;
    private const int MostHeadlines = 4;

    private readonly RunFacts _facts = run.Facts;

    public string Write() => HtmlPage.Write(
        $"{_facts.Name}: {_facts.StateName} at step {_facts.Steps}",
        ReportAssets.Style,
        ReportAssets.Script,
        Html.Of("main").Add(
            Headline(), Sections.Titled("Curves", Sections.Plots(Curves.OfRun(run))), Samples(), Scores(), Evaluated(), Events(), Recipe(), Machine()),
        Sections.Footer(now));

    private Html Headline()
    {
        var words = Html.Of("div").Add(
            Html.Of("h1").Add(_facts.Name),
            Html.Of("p").Add(Sections.State(_facts), " ", Html.Of("span", "quiet").Add(Summary())),
            Facts(),
            _facts.Failure is { } failure ? Html.Of("p", "failure").Add(failure) : null);
        return Html.Of("div", "top").Add(words, FinalPicture());
    }

    private string Summary()
        => run.Recipe is { } recipe ? JobFacts.Of(recipe, run.Folder).Description : "its recipe cannot be read";

    private Html Facts()
    {
        (string Name, string Value)[] facts =
        [
            ("steps", Sections.Progress(_facts)),
            ("time", Sections.Duration(_facts.Seconds)),
            ("images/s", Text.Number(_facts.ImagesPerSecond)),
            ("images", _facts.Images is { } images ? $"{images:N0}" : Text.None),
            .. Headlines().Select(static score => (MetricGroup.TitleOf(score.Name), Text.Score(score.Last))),
        ];
        return Html.Of("dl", "facts").Add(facts.Select(static fact => Html.Of("div").Add(Html.Of("dt").Add(fact.Name), Html.Of("dd").Add(fact.Value))));
    }

    /// <summary>The scores that rank generators before those that describe them; how sure another one is stands in the table alone.</summary>
    private IEnumerable<ScoreFacts> Headlines()
        => _facts.Scores
            .Where(static score => score.Name != MetricNames.KidStandardError && !MetricNames.IsClassShare(score.Name))
            .OrderBy(static score => MetricDirections.Of(score.Name) is null)
            .Take(MostHeadlines);

    private Html? FinalPicture()
        => run.Samples is [.., var last] && Sections.Picture(last.Path, $"Samples of step {last.Step}") is { } picture
            ? Html.Of("figure").Add(picture, Html.Of("figcaption").Add($"Samples of step {last.Step:N0}{OfReplica()}"))
            : null;

    private string OfReplica()
        => _facts.Replicas == 1 ? "" : run.SampleReplica == run.BestReplica ? $", replica {run.SampleReplica}, the best" : $", replica {run.SampleReplica}";

    private Html? Samples()
    {
        var frames = Sections.Spread(run.Samples, Sections.MostPictures(run.Samples, MostPictures))
            .Select(static sample => (sample.Step, Picture: Sections.Picture(sample.Path, $"Samples of step {sample.Step}")))
            .Where(static frame => frame.Picture is not null)
            .Select(static frame => Html.Of("figure", "frame").With("data-step", frame.Step).Add(frame.Picture, Html.Of("figcaption").Add($"step {frame.Step:N0}")))
            .ToList();
        var left = frames.Count < run.Samples.Count ? Html.Of("p", "quiet").Add($"{frames.Count} of {run.Samples.Count} pictures; the rest are in the run folder.") : null;
        return frames.Count == 0 ? null : Sections.Titled("Samples", left, RowLabels(), _facts.Replicas == 1 ? null : Html.Of("p", "quiet").Add($"Of replica {run.SampleReplica}{(run.SampleReplica == run.BestReplica ? ", the best" : "")}."), Sections.Slider(frames.Count), Html.Of("div", "strip").Add(frames));
    }

    /// <summary>Which label each row of a picture is of.</summary>
    private Html? RowLabels()
    {
        if (run.Recipe is not { Conditioning.HasCode: true } recipe || JobFacts.IsDrawing(recipe))
        {
            return null;
        }

        var categories = recipe.Conditioning is InformationMaximizingRecipe codes ? codes.Categories : run.Labels?.Classes ?? 0;
        var rows = LatentGrid.LabelsShown(categories, recipe.Samples.Rows);
        return rows.Count == 0 ? null : Html.Of("p", "quiet").Add($"A row for each {(recipe.Conditioning.UsesLabels ? "label" : "category")}, from the top: {LabelWords.NamesOf(rows, run.Labels)}.");
    }

    private Html? Scores()
    {
        if (run.Scores.Count == 0)
        {
            return null;
        }

        return Sections.Titled(
            "Scores",
            Html.Of("p").Add(string.Join("; ", _facts.Scores.Select(static score => $"best {score.Name} {Text.Score(score.Best)} at step {score.BestStep:N0}"))),
            Html.Of("ul", "quiet").Add(ScoreTable.Provenance(run.Scores).Select(static line => Html.Of("li").Add(line))),
            run.Scores.Count > ScoreTable.MostRows ? Html.Of("p", "quiet").Add($"The last {ScoreTable.MostRows} of {run.Scores.Count} evaluations:") : null,
            ScoreTable.Of(run.Scores, _facts.Scores));
    }

    private Html? Evaluated()
        => _facts.Evaluated.Count == 0
            ? null
            : Sections.Titled(
                "Evaluated afterwards",
                Html.Of("p", "quiet").Add("Scores of snapshots, by the command evaluate; only those that were computed in the same way may be compared with training's."),
                ScoreTable.Of(_facts.Evaluated, _facts.Replicas > 1));

    private Html? Events()
    {
        if (run.Events.Count == 0)
        {
            return null;
        }

        var shown = run.Events.TakeLast(MostEvents).Select(static entry => new Html[]
        {
            $"{entry.Sequence}", entry.Time is { } time ? $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}" : "", entry.Kind, entry.Message,
        });
        return Sections.Titled(
            "Events",
            run.Events.Count > MostEvents ? Html.Of("p", "quiet").Add($"The last {MostEvents} of {run.Events.Count}.") : null,
            Sections.Table([("no.", "number"), ("time (UTC)", "word"), ("kind", "word"), ("message", "long")], shown));
    }

    private Html? Recipe() => run.RecipeText is { } text ? Sections.Titled("Recipe", Html.Of("pre").Add(text.TrimEnd())) : null;

    private Html? Machine()
        => Sections.Titled("Machine", run.Machine.Count == 0
            ? Html.Of("p", "quiet").Add("It was not written down.")
            : Sections.Table([("what", "word"), ("value", "long")], run.Machine.Select(static fact => new Html[] { fact.Name, fact.Value })));
}
