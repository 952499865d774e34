using DistGan.Client.Display;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;
using Spectre.Console;

namespace DistGan.EndToEnd.Tests.Display;

public sealed class SeveralReplicasDisplayTests
{
    private static readonly JobFacts Three = Progresses.Facts with { Replicas = 3 };

    [Fact]
    public async Task Show_ReportsOfTwo_NameTheirReplicas()
    {
        var writer = new StringWriter();
        await using var display = new PlainDisplay(writer, Progresses.Facts with { Replicas = 2 });

        display.Show(Progresses.Of(JobState.Running, 1, [Progresses.Event(1, EventKinds.Snapshot, "Snapshot of step 50.") with { Replica = 1 }],
            Report(1, 50, 5, (MetricNames.ReplayOthersShare, 0.25)), Report(0, 100, 5)));

        var lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("snapshot: r1 Snapshot of step 50.", lines[0]);
        Assert.StartsWith("r1 step 50/100  d_loss 0.500", lines[1], StringComparison.Ordinal);
        Assert.Contains("from_others 0.25", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("r0 step 100/100", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Remaining_OfSeveral_IsThatOfTheSlowestWhoseStepIsShown()
    {
        var view = new JobView(Three);
        for (var replica = 0; replica < 3; replica++)
        {
            view.Add(Report(replica, 10, 10));
            view.Add(Report(replica, 10 * (replica + 2), 20));
        }

        // r0 does 10 steps in 10 s and has 80 to go; r2 does 30 and has 60 to go.
        Assert.Equal(20, view.Last!.Step);
        Assert.Equal(0.2, view.Fraction, 9);
        Assert.Equal(80, view.Remaining!.Value.TotalSeconds, 6);
        Assert.Equal(300, view.Sum(MetricNames.ImagesPerSecond));
    }

    [Fact]
    public void Panel_AfterALoss_SaysWhoWaitsAndCountsNeitherItsRateNorATimeThatIsLeft()
    {
        var view = new JobView(Progresses.Facts with { Replicas = 2 });
        foreach (var (replica, step, seconds) in new[] { (0, 10L, 10), (1, 10L, 10), (0, 20L, 20), (1, 20L, 20) })
        {
            view.Add(Report(replica, step, seconds));
        }

        view.Add(Progresses.Of(JobState.Running, 1, [Progresses.Event(1, EventKinds.ReplicaLost, "Replica 1 has lost its worker.") with { Replica = 1 }], Report(1, 30, 30)));

        Assert.Equal((1, null, 100.0), (view.Lost.Single().Ordinal, view.Remaining, view.Sum(MetricNames.ImagesPerSecond)));
        Assert.Equal("r1 step 30  its worker is lost; it waits to go on elsewhere", ReplicaLine.Of(view.Replicas.Last(), 10));

        view.Add(Report(1, 31, 31) with { Epoch = 2 });
        Assert.Empty(view.Lost);
        Assert.Equal(200, view.Sum(MetricNames.ImagesPerSecond));
        Assert.NotNull(view.Remaining);
    }

    [Theory]
    [InlineData(EventKinds.Started)]
    [InlineData(EventKinds.Resumed)]
    public void Lost_AfterItBeganElsewhere_IsNobody(string kind)
    {
        var view = new JobView(Progresses.Facts with { Replicas = 2 });
        view.Add(Progresses.Of(JobState.Running, 1, [Progresses.Event(1, EventKinds.ReplicaLost, "Replica 0 has lost its worker.") with { Replica = 0 }]));
        Assert.Single(view.Lost);

        view.Add(Progresses.Of(JobState.Running, 2, [Progresses.Event(2, kind, "It goes on.") with { Replica = 0 }]));

        Assert.Empty(view.Lost);
    }

    [Fact]
    public void Fraction_BeforeAllWereHeardOf_IsNothing()
    {
        var view = new JobView(Three);
        view.Add(Report(0, 90, 10));

        Assert.Equal(0, view.Fraction);
        Assert.Null(view.Remaining);
    }

    [Fact]
    public void Last_AfterTheSlowestHasEnded_IsThatOfTheOthers()
    {
        var view = new JobView(Three);
        view.Add(Report(0, 10, 10));
        view.Add(Report(1, 60, 10));
        view.Add(Report(2, 50, 10));
        view.Add(Progresses.Of(JobState.Running, 1, [Progresses.Event(1, EventKinds.ReplicaEnded, "Replica 0 failed for good.") with { Replica = 0 }]));

        Assert.Equal(0.5, view.Fraction, 9);
        Assert.Equal(200, view.Sum(MetricNames.ImagesPerSecond));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(120)]
    public void Of_Several_HasALineForEachThatFits(int width)
    {
        var view = new JobView(Progresses.Facts with { Replicas = 40 });
        for (var replica = 0; replica < 40; replica++)
        {
            view.Add(Report(replica, 10, 10, (MetricNames.MergeMembers, 40), (MetricNames.MergeStalenessSteps, 200)));
        }

        var writer = new StringWriter();
        var terminal = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        terminal.Profile.Width = width;
        terminal.Write(JobPanel.Of(view, null, null, width, 24));
        var lines = writer.ToString().Split('\n');

        Assert.All(lines, line => Assert.True(line.TrimEnd('\r').Length <= width, $"'{line}' is longer than {width}"));
        Assert.Equal(12, lines.Count(static line => line.StartsWith('r') && line.Contains(" step 10  loss D", StringComparison.Ordinal)));
        Assert.Contains("… and 28 more replicas", writer.ToString(), StringComparison.Ordinal);
        Assert.True(width < 100 || lines.Any(static line => line.Contains("40 merged  merge stale by 200 steps", StringComparison.Ordinal)), writer.ToString());
    }

    private static ReplicaProgress Report(int replica, long step, double seconds, params (string Name, double Value)[] more)
        => Progresses.Report(step, seconds, [(MetricNames.DiscriminatorLoss, 0.5), (MetricNames.ImagesPerSecond, 100), .. more]) with { Replica = replica };
}
