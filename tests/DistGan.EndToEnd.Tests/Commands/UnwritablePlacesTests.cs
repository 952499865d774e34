using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Reports;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Commands;

/// <summary>Homes, caches and files that cannot be written.</summary>
public sealed class UnwritablePlacesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_NoHomeThatCanBeMade_WorkFromATemporaryCopy()
    {
        var end = await DistGanProcess.RunWithAsync(NoHome(_folder.Path), _folder.Path, "data", "preview", "ring", "--out", "ring.png");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.True(File.Exists(_folder["ring.png"]));
    }

    /// <summary>Whether a copy is needed at all depends on the system's C++ library; that nothing dies does not.</summary>
    [Fact]
    public async Task Commands_NoHomeAndNoTemporaryFolder_DoWithoutLibtorchWhatTheyCan()
    {
        WrittenRun.Complete(_folder, "done");
        var nowhere = NoHome("/dev/null/tmp");

        var list = await DistGanProcess.RunWithAsync(nowhere, _folder.Path, "list");
        var report = await DistGanProcess.RunWithAsync(nowhere, _folder.Path, "report", "runs/done");
        var doctor = await DistGanProcess.RunWithAsync(nowhere, _folder.Path, "doctor");

        Assert.True((list.ExitCode, report.ExitCode) == (0, 0), $"{list}{report}");
        Assert.Contains("runs/done", list.Out, StringComparison.Ordinal);
        Assert.Matches("(ok|fail) +libtorch: ", doctor.Out);
        Assert.Equal(doctor.Out.Contains("fail ", StringComparison.Ordinal) ? 1 : 0, doctor.ExitCode);
        Assert.DoesNotContain("Unhandled", doctor.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report", "runs/done", "--out", "both.txt/x.html")]
    [InlineData("compare", "runs/done", "--out", "both.txt/x.html")]
    [InlineData("data", "preview", "ring", "--out", "both.txt/x.png")]
    public async Task Command_OutputBelowAFile_IsRefusedInASentence(params string[] arguments)
    {
        WrittenRun.Complete(_folder, "done");
        _folder.Write("both.txt", "");

        var end = await DistGanProcess.RunAsync(_folder.Path, arguments);

        Assert.True(end.ExitCode == 5, end.ToString());
        Assert.Single(end.Error.Trim().Split('\n'));
        Assert.EndsWith("choose another one with --out.", end.Error.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_WhatCannotBeKept_IsShownWithAWarning()
    {
        var trained = await DistGanProcess.RunAsync(_folder.Path, "train", TinyRecipes.Ring(_folder, "budget: { steps: 5 }"), "--run-dir", "mine", "--quiet");
        Assert.True(trained.ExitCode == 0, trained.ToString());
        File.Delete(_folder["mine/evaluation.jsonl"]);
        Directory.CreateDirectory(_folder["mine/evaluation.jsonl"]);

        var end = await DistGanProcess.RunAsync(_folder.Path, "evaluate", "mine", "--samples", "100", "--draws", "1", "--quiet");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("solid_modes", end.Out, StringComparison.Ordinal);
        Assert.StartsWith("warning: The scores are not kept", end.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> NoHome(string temporary) => new()
    {
        ["HOME"] = "/dev/null/home",
        ["XDG_DATA_HOME"] = "/dev/null/home",
        ["XDG_CACHE_HOME"] = "/dev/null/home",
        ["TMPDIR"] = temporary,
        ["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
    };
}
