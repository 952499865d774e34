using DistGan.Client.CommandLine;
using DistGan.Client.Studies.Results;
using DistGan.Client.Studies.Running;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Studies.Results;

public sealed class ArrivalsTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Fact]
    public void Read_RunsThatReachItAtDifferentSteps_GivesMeansOfThoseThatDo()
    {
        Write("base-s1", (0, 100, 90.0), (0, 200, 60.0), (0, 300, 70.0));
        Write("base-s2", (0, 100, 90.0), (1, 100, 80.0), (0, 400, 60.0));
        Write("base-s3", (0, 100, 90.0), (0, 200, null));

        var arrivals = Read("fid=60");

        Assert.Equal("fid ≤ 60", arrivals.Headings[0]);
        Assert.Equal(["base", "300 ± 141", "0:30", "2 of 3"], arrivals.Rows.Single());
        var json = arrivals.ToJson()["configurations"]![0]!;
        Assert.Equal((300.0, 30.0, 2), ((double)json["steps"]!["mean"]!, (double)json["seconds"]!["mean"]!, (int)json["reached"]!));
    }

    [Fact]
    public void Read_AnyReplicaThatReachesItFirst_CountsWithItsOwnTime()
    {
        Write("base-s1", (0, 100, 90.0), (1, 100, 60.0), (0, 200, 50.0));
        Write("base-s2");
        Write("base-s3");

        Assert.Equal(["base", "100", "0:11", "1 of 3"], Read("fid=60").Rows.Single());
    }

    [Theory]
    [InlineData("modes=8", 8.0, true)]
    [InlineData("modes=8", 7.0, false)]
    [InlineData("fid=8", 8.0, true)]
    [InlineData("fid=8", 9.0, false)]
    [InlineData("fid=8", null, false)]
    [InlineData("fid=8", double.NaN, false)]
    public void IsReachedBy_AScore_GoesTheWayInWhichItIsBetter(string goal, double? value, bool isReached) => Assert.Equal(isReached, Goal.Parse(goal).IsReachedBy(value));

    [Theory]
    [InlineData("fid")]
    [InlineData("=1")]
    [InlineData("fid=low")]
    [InlineData("fid=NaN")]
    [InlineData("fid=1=2")]
    public void Parse_NoScoreAndNumber_SaysWhatItMustBe(string text)
    {
        var error = Assert.Throws<CommandException>(() => Goal.Parse(text));

        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.Contains($"--reach {text}: must be a score and a number, such as fid=100.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AScoreThatNoRunHas_NamesThoseThatThereAre()
    {
        Write("base-s1", (0, 100, 90.0));

        Assert.Contains("kid: the runs of study have no such score; they have fid.", Assert.Throws<CommandException>(() => Read("kid=1")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();

    private Arrivals Read(string goal)
    {
        var plan = Plans.Of(null, Plans.Configuration("base", 1, 2, 3));
        var folder = new StudyFolder(_temp["study"]);
        return Arrivals.Read(folder, StudyResults.Read(folder, plan), Goal.Parse(goal));
    }

    /// <summary>A completed run with a report every 100 steps: replica r has trained for s/10 + r seconds at step s.</summary>
    private void Write(string run, params (int Replica, int Step, double? Fid)[] scores)
    {
        var folder = Directory.CreateDirectory(_temp[Path.Combine("study", "runs", run)]).FullName;
        _ = Directory.CreateDirectory(Path.Combine(folder, "metrics"));
        File.WriteAllText(Path.Combine(folder, "summary.json"), """{"state":"completed","steps":400,"seconds":40}""");
        File.WriteAllLines(Path.Combine(folder, "evaluation.jsonl"), scores.Select(static row => $$"""{"replica":{{row.Replica}},"epoch":1,"step":{{row.Step}},"source":"train","scores":{"fid":{{row.Fid?.ToString() ?? "null"}} } }"""));
        for (var replica = 0; replica < 2; replica++)
        {
            File.WriteAllLines(
                Path.Combine(folder, "metrics", $"r{replica}.jsonl"),
                Enumerable.Range(1, 4).Select(round => $$"""{"replica":{{replica}},"epoch":1,"step":{{round * 100}},"images":1,"seconds":{{(round * 10) + replica}}}"""));
        }
    }
}
