using DistGan.Client.CommandLine;
using DistGan.Client.Jobs;
using DistGan.EndToEnd.Tests.Display;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Jobs;

public sealed class EndReportTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StringWriter _out = new();

    public void Dispose()
    {
        _out.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1800, "a snapshot is saved.", "--resume")]
    [InlineData(1000, "its newest snapshot is of step 1000, so 800 steps will be done again.", "--resume")]
    [InlineData(null, "there is no snapshot of it.", "recipe.yaml")]
    public void Write_Interrupted_SaysWhatIsKeptAndHowToGoOn(int? snapshot, string kept, string command)
    {
        if (snapshot is { } step)
        {
            _folder.Write($"run/snapshots/r0/step-{step:D8}-e1/manifest.json", "{}");
        }

        Write(JobState.Interrupted);

        Assert.Contains($"is interrupted at step 1800; {kept}", _out.ToString(), StringComparison.Ordinal);
        Assert.Contains(command, _out.ToString().Split("with:")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ARunWithFindings_NamesEachWithItsFirstStep()
    {
        _folder.Write("run/events.jsonl", string.Join('\n',
            Finding("Replica 0, step 300, mode-collapse: All are alike."),
            Finding("Replica 0, step 900, oscillation: To and fro."),
            Finding("Replica 0, step 1200, mode-collapse: All are alike.")));

        Write(JobState.Completed);

        Assert.Contains("findings: mode-collapse at step 300, oscillation at step 900;", _out.ToString(), StringComparison.Ordinal);
    }

    private static string Finding(string message) => $$"""{"kind":"diagnosis","message":"{{message}}"}""";

    private void Write(JobState state)
    {
        var summary = Progresses.Summary("test", state) with { Steps = 1800 };
        summary = summary with { Replicas = [new ReplicaSummary { Replica = 0, Step = 1800, Images = 0, Seconds = 1, Scores = new Dictionary<string, double>() }] };
        new EndReport(new CommandConsole { Out = _out, Error = TextWriter.Null, IsTerminal = false, NoColor = true, Time = TimeProvider.System }, new TrainPlan { Recipe = new Recipe(), RunFolder = _folder["run"], Device = "cpu" }, json: false).Write(summary);
    }
}
