using DistGan.Client.Reports;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Reports.Pages;

public sealed class ScoreTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Write_EvaluationsThatDependOnTheSame_SaysItOnceAndMarksTheBest()
    {
        using var folder = new TempFolder();
        var page = Page(WrittenRun.Complete(folder, "whole"), folder);

        Assert.Equal(1, Count(page, "feature network a network"));
        Assert.Contains("<li>fid, steps 100 to 400: feature network a network, samples 256, seed 1</li>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">200</td><td class=\"number\"><strong>40</strong></td>", page, StringComparison.Ordinal);
        Assert.Equal(1, Count(page, "<strong>"));
    }

    [Fact]
    public void Write_AnotherSampleCountLater_SaysBothWithTheirSteps()
    {
        using var folder = new TempFolder();
        var run = WrittenRun.Complete(folder, "whole");
        File.AppendAllText(Path.Combine(run, "evaluation.jsonl"), """{"replica":0,"epoch":1,"step":500,"scores":{"fid":null},"provenance":{"fid":{"samples":9,"seed":1}}}""" + "\n");

        var page = Page(run, folder);

        Assert.Contains("<li>fid, step 500: samples 9, seed 1</li>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">500</td><td class=\"number\">not finite</td>", page, StringComparison.Ordinal);
    }

    private static string Page(string run, TempFolder folder)
    {
        RunReport.Write(run, folder["report.html"], Now);
        return File.ReadAllText(folder["report.html"]);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
