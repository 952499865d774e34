using DistGan.Client.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Display;

public sealed class PlainDisplayTests
{
    [Fact]
    public async Task Show_AReportAndAnEvent_WritesOneLineEach()
    {
        var writer = new StringWriter();
        await using var display = new PlainDisplay(writer, Progresses.Facts);

        display.Show(Progresses.Of(JobState.Running, 1, [Progresses.Event(1, EventKinds.Started, "replica 0 started")], Progresses.Report(
            50, 5, (MetricNames.DiscriminatorLoss, 1.25), (MetricNames.GeneratorLoss, 0.75), (MetricNames.RealAccuracy, 0.875), (MetricNames.StepsPerSecond, 10))));

        var lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("started: replica 0 started", lines[0]);
        Assert.StartsWith("step 50/100  d_loss 1.250  g_loss 0.750  real 0.88  fresh -  replayed -", lines[1], StringComparison.Ordinal);
        Assert.Contains("10.0 steps/s", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines[1], char.IsControl);
    }

    [Theory]
    [InlineData(EventKinds.Started, 0, "step 0/100: the first report comes after step 50")]
    [InlineData(EventKinds.Resumed, 60, "step 60/100: the first report comes after step 100")]
    [InlineData(EventKinds.Resumed, 100, "step 100/100: it ends before the first report, which would come after step 150")]
    public async Task Show_StartedWithoutAReport_SaysOnceWhenTheFirstComes(string kind, long step, string expected)
    {
        var writer = new StringWriter();
        await using var display = new PlainDisplay(writer, Progresses.Facts);
        var begun = Progresses.Event(1, kind, "begun") with { Data = new Dictionary<string, double> { ["step"] = step } };

        display.Show(Progresses.Of(JobState.Running, 1, [begun]));
        display.Show(Progresses.Of(JobState.Running, 2, [Progresses.Event(2, EventKinds.Warning, "slow")]));
        display.Show(Progresses.Of(JobState.Running, 3, null, Progresses.Report(100, 5, (MetricNames.DiscriminatorLoss, 1))));

        var lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([$"{kind}: begun", expected, "warning: slow"], lines[..3]);
        Assert.Equal(4, lines.Length);
    }

    [Fact]
    public async Task Show_StalenessAboveARound_NamesIt()
    {
        var writer = new StringWriter();
        await using var display = new PlainDisplay(writer, Progresses.Facts);

        display.Show(Progresses.Of(JobState.Running, 1, null, Progresses.Report(50, 5, (MetricNames.DiscriminatorLoss, 1), (MetricNames.ReplayStalenessSteps, 100), (MetricNames.ParametersStalenessSteps, 50))));

        Assert.Contains("replay_stale 100", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("parameters_stale", writer.ToString(), StringComparison.Ordinal);
    }
}
