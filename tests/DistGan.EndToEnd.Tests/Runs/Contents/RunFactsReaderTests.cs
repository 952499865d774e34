using DistGan.Client.Runs;
using DistGan.Client.Runs.Contents;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Reports;

namespace DistGan.EndToEnd.Tests.Runs.Contents;

public sealed class RunFactsReaderTests
{
    private static readonly ScoreKey Training = new() { FeatureNetwork = "a network", Samples = 256 };

    [Fact]
    public void Read_ACompleteRun_TellsWhatItsFilesSay()
    {
        using var folder = new TempFolder();

        var facts = RunFactsReader.Read(WrittenRun.Complete(folder, "whole"));

        Assert.Equal(("whole", RunState.Completed, 400L, (long?)400, (long?)400), (facts.Name, facts.State, facts.Steps, facts.Budget, facts.Snapshot));
        Assert.Equal((40.0, 640.0), (facts.Seconds, facts.ImagesPerSecond));
        Assert.Equal(new ScoreFacts("fid", 50, 400, 40, 200) { Key = Training }, Assert.Single(facts.Scores));
        Assert.True(facts.Bytes > 1000);
    }

    [Fact]
    public void Read_ARunWhoseProcessDied_IsUnknownAndAsFarAsItsMetrics()
    {
        using var folder = new TempFolder();

        var facts = RunFactsReader.Read(WrittenRun.Torn(folder, "torn"));

        Assert.Equal((RunState.Unknown, 400L, (long?)null), (facts.State, facts.Steps, facts.Snapshot));
        Assert.Empty(facts.Scores);
    }

    [Fact]
    public void Read_ARunThatTrainsAgain_IsRunningWhateverItsSummarySays()
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "again");
        using (RunLock.Take(run))
        {
            Assert.Equal(RunState.Running, RunFactsReader.Read(run).State);
        }

        Assert.Equal(RunState.Completed, RunFactsReader.Read(run).State);
    }

    [Fact]
    public void Read_AFailedRun_SaysWhy()
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "bad");
        folder.Write("runs/bad/summary.json", WrittenRun.Summary("bad", "failed"));

        var facts = RunFactsReader.Read(run);

        Assert.Equal((RunState.Failed, "the loss of D is not finite"), (facts.State, facts.Failure));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense: [")]
    [InlineData("batch: 0")]
    public void Read_ARecipeThatCannotBeRead_TakesTheNameOfTheFolder(string recipe)
    {
        using var folder = new TempFolder();
        folder.Write("runs/odd/recipe.yaml", recipe);
        folder.Write("runs/odd/summary.json", "{\"state\":");
        folder.Write("runs/odd/evaluation.jsonl", "{\"replica\":-1,\"step\":1}\nnull\n[]\n{\"replica\":0,\"epoch\":1,\"step\":1,\"scores\":3}\n");

        var facts = RunFactsReader.Read(folder["runs/odd"]);

        Assert.Equal((recipe.Length == 0 ? "fashion" : "odd", RunState.Unknown, 0L), (facts.Name, facts.State, facts.Steps));
        Assert.Empty(facts.Scores);
    }

    [Fact]
    public void Read_EvaluationsDoneAgain_CountsOnlyTheLater()
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "again");
        File.AppendAllText(Path.Combine(run, "evaluation.jsonl"), """{"replica":0,"epoch":2,"step":200,"scores":{"modes":5}}""" + "\n");

        var scores = RunFactsReader.Read(run).Scores;

        Assert.Equal([new ScoreFacts("fid", 200, 100, 200, 100) { Key = Training }, new ScoreFacts("modes", 5, 200, 5, 200)], scores);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(400)]
    public void Read_EvaluatedAfterwards_LeavesTrainingsScoresAndTellsItsOwn(long step)
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "whole");
        WrittenRun.Evaluate(run, step, 0.5);
        WrittenRun.Evaluate(run, step, 0.34);

        var facts = RunFactsReader.Read(run);

        Assert.Equal(new ScoreFacts("fid", 50, 400, 40, 200) { Key = Training }, Assert.Single(facts.Scores));
        var fid = facts.Evaluated.Single(static score => score.Name == "fid");
        Assert.Equal((0.34, step, "random aaaaaaaaaaaa, 512 samples"), (fid.Value, fid.Step, fid.Key.Words));
    }

    [Fact]
    public void Of_ScoresComputedInAnotherWay_TakesTheBestOfThoseLikeTheLastAlone()
    {
        ScoreRow[] rows = [Row(10, 5, 256), Row(20, 90, 2048), Row(30, 100, 2048)];

        var fid = Assert.Single(ScoreFacts.Of(rows));

        Assert.Equal((100, 90, 20), (fid.Last, fid.Best, fid.BestStep));

        static ScoreRow Row(long step, double fid, long samples)
            => new(0, step, new Dictionary<string, double?> { ["fid"] = fid }, new Dictionary<string, string>())
            {
                Keys = new Dictionary<string, ScoreKey> { ["fid"] = new() { Samples = samples } },
            };
    }

    [Fact]
    public void Of_AScoreThatIsBetterHigher_PicksTheHighest()
    {
        ScoreRow[] rows = [Row(10, 3), Row(20, 8), Row(30, 5), Row(40, null)];

        Assert.Equal(new ScoreFacts("modes", 5, 30, 8, 20), Assert.Single(ScoreFacts.Of(rows)));

        static ScoreRow Row(long step, double? modes)
            => new(0, step, new Dictionary<string, double?> { ["modes"] = modes }, new Dictionary<string, string>());
    }
}
