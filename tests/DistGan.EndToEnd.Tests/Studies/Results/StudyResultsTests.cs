using System.Text.RegularExpressions;
using System.Xml.Linq;
using DistGan.Client.Reports;
using DistGan.Client.Reports.Plots;
using DistGan.Client.Runs.Contents;
using DistGan.Client.Studies.Results;
using DistGan.Client.Studies.Running;
using DistGan.EndToEnd.Tests.Browser;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Studies.Results;

public sealed class StudyResultsTests
{
    [Fact]
    public void Of_TwoConfigurations_ComparesCompletedRunsBySeed()
    {
        var other = Results().Configurations[1];

        var fid = Assert.Single(other.Scores);
        Assert.Equal(2, other.Completed.Count);
        Assert.Equal(new Moments(2, 45, Math.Sqrt(50)), fid.Final);
        // Against 50 and 60 of seeds 1 and 2: −10 and −10; the third seed failed.
        Assert.Equal(new Effect(2, -10, 0), fid.FinalEffect);
        Assert.Equal(new Effect(2, -5, 5), fid.BestEffect);
        Assert.Null(Results().Configurations[0].Scores[0].FinalEffect);
    }

    [Fact]
    public void Of_AScoreThatIsNotFiniteAtTheEnd_HasABestAndNoFinalValue()
    {
        var run = Run("base", 0, 50, 40);
        var results = StudyResults.Of(Plans.Of(null, Plans.Configuration("base", 1)), [run with { Scores = [.. run.Scores, new ScoreFacts("kid", 3, 50, 2, 10)] }]);

        var kid = results.Configurations[0].Scores[1];
        Assert.Equal(0, kid.Final.Count);
        Assert.Equal(2, kid.Best.Mean);
        Assert.Contains("0 of 1", ResultTable.Rows(results)[1]);
    }

    [Fact]
    public void Best_OfAScoreWhereLowerIsBetter_IsTheLowestMean()
    {
        Assert.Equal("other", Results().Best()!.Configuration.Name);
        Assert.True(Results().IsFinished);
    }

    [Fact]
    public void Markdown_OfResults_HasTheCommandAboveATable()
    {
        var lines = ResultFiles.MarkdownOf(Results()).Split('\n');

        Assert.Equal("distgan study grid --vary a=1,2", lines[1]);
        Assert.Equal(["| configuration | fid | seeds | time |", "| --- | ---: | ---: | ---: |", "| base | 60 ± 10.0 | 3 | 0:10 |", "| other | 45 ± 7.071 | 2 of 3 | 0:10 |"], lines[4..8]);
        Assert.Equal("| score | configuration | final | best | seeds | effect | effect on best | time |", lines[11]);
        Assert.Equal("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |", lines[12]);
        Assert.Equal("| fid | base | 60 ± 10.0 | 50 ± 10.0 | 3 | - | - | 0:10 |", lines[13]);
        Assert.Equal("| fid | other | 45 ± 7.071 | 40 ± 14.1 | 2 of 3 | -10 ± 0.000 | -5 ± 5.000 | 0:10 |", lines[14]);
        Assert.Contains("- other-s3 failed: no memory", lines);
        Assert.Contains("- other: it does not fit", lines);
    }

    [Theory]
    [InlineData("fid", 50, 60, 40, 45, " ▲")] // −10 and −15: −12.5 ± 2.5
    [InlineData("fid", 40, 45, 50, 60, " ▼")]
    [InlineData("modes", 50, 60, 40, 45, " ▼")]
    [InlineData("fid", 50, 60, 40, 59, "")] // −10 and −1: −5.5 ± 4.5
    [InlineData("fid", 50, 60, 40, 50, "")] // −10 twice: two seeds that happen to agree
    public void Matrix_OfAScore_MarksWhatIsClearlyBetterOrWorse(string score, double first, double second, double otherFirst, double otherSecond, string mark)
    {
        var results = StudyResults.Of(Plans.Of("base", Plans.Configuration("base", 1, 2), Plans.Configuration("other", 1, 2)),
            [Of("base", 0, first), Of("base", 1, second), Of("other", 0, otherFirst), Of("other", 1, otherSecond)]);

        Assert.Equal(mark, Regex.Replace(ScoreMatrix.Rows(results)[1][1], "^[0-9.]+ ± [0-9.]+", ""));

        RunResult Of(string configuration, int seed, double last) => Run(configuration, seed, 0, 0) with { Scores = [new(score, last, 50, last, 50)] };
    }

    [Fact]
    public void Csv_OfResults_HasARowAConfigurationAndScore()
    {
        var rows = ResultFiles.CsvOf(Results()).TrimEnd('\n').Split('\n');

        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.Equal(14, row.Split(',').Length));
        Assert.StartsWith("other,objective=other,fid,2,45,7.07", rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Document_OfResults_IsSnakeCaseWithNullsForWhatIsNotThere()
    {
        var document = ResultDocument.Of(Results());

        Assert.Equal("distgan.study/1", (string?)document["schema"]);
        var other = document["configurations"]![1]!;
        Assert.Equal(-10, (double)other["scores"]!["fid"]!["final_effect"]!["difference"]!);
        Assert.Equal("failed", (string?)other["runs"]![2]!["state"]);
        Assert.Null(document["configurations"]![0]!["scores"]!["fid"]!["final_effect"]);
    }

    [Fact]
    public void Page_OfResults_IsCompleteInItselfAndDrawsADotPlot()
    {
        using var folder = new TempFolder();

        StudyReport.Write(Results(), folder["results.html"], DateTimeOffset.UnixEpoch);

        var page = File.ReadAllText(folder["results.html"]);
        Assert.Contains("figure class=\"plot dots\"", page, StringComparison.Ordinal);
        Assert.Contains("other-s3", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    [Fact]
    public void DotFigure_OfRows_HasABarOfOneDeviationAroundEachMean()
    {
        var figure = XElement.Parse(DotFigure.Draw("FID", [new("base", 0, [40, 60], 50, 10), new("none", 1, [], null, null)]).ToString());

        var bar = figure.Descendants("line").First(static line => (string?)line.Attribute("class") == "spread");
        var mean = figure.Descendants("circle").Single(static dot => (string?)dot.Attribute("class") == "mean");
        var seeds = figure.Descendants("circle").Where(static dot => (string?)dot.Attribute("class") == "seed").Select(static dot => (double)dot.Attribute("cx")!).ToList();
        Assert.Equal((double)mean.Attribute("cx")!, ((double)bar.Attribute("x1")! + (double)bar.Attribute("x2")!) / 2, 1);
        Assert.Equal(seeds, [(double)bar.Attribute("x1")!, (double)bar.Attribute("x2")!]);
        Assert.Equal("FID: base 50.0 ± 10.0; none has no values.", (string?)figure.Element("svg")!.Attribute("aria-label"));
    }

    [Fact]
    public void PlanFile_WrittenAndRead_IsTheSamePlan()
    {
        var plan = Plans.Of("base", Plans.Configuration("base", 1, 2));

        var read = PlanFile.Read(PlanFile.Write(plan), "study.json");

        Assert.Equal(PlanFile.Write(plan), PlanFile.Write(read));
        Assert.Throws<Recipes.DistGanException>(() => PlanFile.Read("{ \"schema\": 1", "study.json"));
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public void Page_InABrowser_ComplainsOfNothingAndDoesNotScrollSideways(int width)
    {
        using var folder = new TempFolder();
        using var browser = new HeadlessBrowser();
        StudyReport.Write(Results(), folder["results.html"], DateTimeOffset.UnixEpoch);

        browser.Open(folder["results.html"], width);

        Assert.Equal(["Scores at the end of each run", "Scores", "Final, best and effects", "Configurations", "Runs", "Left out"], browser.All("h2").Select(static heading => heading.Text));
        Assert.True(browser.Evaluate<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"The page is wider than {width}.");
        Assert.Empty(browser.Complaints());
        Assert.Empty(browser.Requests());
    }

    private static StudyResults Results() => StudyResults.Of(Plans.Of("base", Plans.Configuration("base", 1, 2, 3), Plans.Configuration("other", 1, 2, 3)),
    [
        Run("base", 0, 50, 40), Run("base", 1, 60, 50), Run("base", 2, 70, 60),
        Run("other", 0, 40, 30), Run("other", 1, 50, 50),
        Run("other", 2, 1, 1) with { State = StudyRunState.Failed, Failure = "no memory" },
    ]);

    private static RunResult Run(string configuration, int seed, double last, double best) => new()
    {
        Run = Plans.Configuration(configuration, 1, 2, 3).Runs[seed],
        Configuration = configuration,
        State = StudyRunState.Completed,
        Seconds = 10,
        Steps = 100,
        Scores = [new ScoreFacts("fid", last, 100, best, 50)],
    };
}
