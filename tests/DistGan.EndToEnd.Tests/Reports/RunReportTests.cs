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

    [Fact]
    public void Write_OfARunThatWasEvaluated_KeepsItsCurveAndHasTheOtherScoresInATableAlone()
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "whole");
        WrittenRun.Evaluate(run, 400, 0.34);

        RunReport.Write(run, folder["report.html"], Now);

        var page = File.ReadAllText(folder["report.html"]);
        Assert.Contains("fid ends at 50.0 at 400", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("<figcaption>Losses", StringComparison.Ordinal) < page.IndexOf("<figcaption>FID", StringComparison.Ordinal));
        Assert.DoesNotContain("Kid standard error", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">0.340</td><td class=\"number\">400</td><td class=\"long\">random aaaaaaaaaaaa, 512 samples</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfASingleEvaluation_DrawsNoPlotOfOnePointAndNoTileOfAnError()
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "whole");
        folder.Write("runs/whole/evaluation.jsonl", "{\"replica\":0,\"epoch\":1,\"step\":400,\"scores\":{\"kid_standard_error\":25.9,\"fid\":50}}\n");

        RunReport.Write(run, folder["report.html"], Now);

        var page = File.ReadAllText(folder["report.html"]);
        Assert.DoesNotContain("<figcaption>FID", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<dt>Kid standard error", page, StringComparison.Ordinal);
        Assert.Contains("<dt>FID</dt><dd>50</dd>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfSeveralReplicas_ShowsThePictureOfTheBest()
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "two", replicas: 2);
        Directory.CreateDirectory(Path.Combine(run, "samples", "r1"));
        File.Copy(Path.Combine(run, "samples", "step-00000300.png"), Path.Combine(run, "samples", "r1", "step-00000300.png"));
        File.AppendAllText(Path.Combine(run, "evaluation.jsonl"), "{\"replica\":1,\"epoch\":1,\"step\":300,\"scores\":{\"fid\":3}}\n");

        RunReport.Write(run, folder["report.html"], Now);

        Assert.Contains("<figcaption>Samples of step 300, replica 1, the best</figcaption>", File.ReadAllText(folder["report.html"]), StringComparison.Ordinal);
    }
}
