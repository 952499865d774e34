using DistGan.Client.Reports;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Reports;

public sealed class RunReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Write_OfSeveralReplicas_GivesEachMetricAPlotAndEachReplicaALine()
    {
        using var folder = new TempFolder();
        RunReport.Write(WrittenRun.Complete(folder, "three", replicas: 3), folder["report.html"], Now);

        var page = File.ReadAllText(folder["report.html"]);

        Assert.Contains("<figcaption>Losses: discriminator", page, StringComparison.Ordinal);
        Assert.Contains("<figcaption>Losses: generator", page, StringComparison.Ordinal);
        Assert.Contains("replica 2</li>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfAnEmptyFolder_IsStillAPage()
    {
        using var folder = new TempFolder();
        folder.Write("runs/empty/events.jsonl", "");

        RunReport.Write(folder["runs/empty"], folder["report.html"], Now);

        var page = File.ReadAllText(folder["report.html"]);
        Assert.Contains("<h1>empty</h1>", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Curves", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfTheSameRunTwice_IsTheSameText()
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "same");

        RunReport.Write(run, folder["a.html"], Now);
        RunReport.Write(run, folder["b.html"], Now);

        Assert.Equal(File.ReadAllText(folder["a.html"]), File.ReadAllText(folder["b.html"]));
    }
}
