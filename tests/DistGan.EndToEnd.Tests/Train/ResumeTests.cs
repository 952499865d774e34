using DistGan.Client.Runs;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

public sealed class ResumeTests
{
    [Fact]
    public async Task Resume_AFinishedRun_SaysHowToGiveItMoreAndThenGoesOn()
    {
        using var folder = new TempFolder();
        var first = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "--run-dir", "run", "--quiet");
        Assert.True(first.ExitCode == 0, first.ToString());

        var again = await DistGanProcess.RunAsync(folder.Path, "train", "--resume", "run");
        var more = await DistGanProcess.RunAsync(folder.Path, "train", "--resume", "run", "--steps", "90");

        Assert.Equal(0, again.ExitCode);
        Assert.Contains("train --resume run --steps 120", again.Out, StringComparison.Ordinal);
        Assert.True(more.ExitCode == 0, more.ToString());
        Assert.Contains("resumed: ", more.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("submitted: ", more.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("started: ", more.Out, StringComparison.Ordinal);
        Assert.Equal([60L], RunEvents.ResumedFrom(folder["run"]));
        Assert.Contains(Directory.GetFiles(folder["run/snapshots/r0"], "manifest.json", SearchOption.AllDirectories), static path => path.Contains("step-00000090", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resume_WithAnotherWidth_IsRefused()
    {
        using var folder = new TempFolder();
        folder.Write("run/recipe.yaml", "name: run");
        folder.Write("run/snapshots/r0/step-00000020-e1/manifest.json", "{}");

        var end = await DistGanProcess.RunAsync(folder.Path, "train", "--resume", "run", "--set", "generator.width=16", "--set", "batch=3");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("generator.width = 16", end.Error, StringComparison.Ordinal);
        Assert.Contains("batch = 3", end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("300")]
    [InlineData("450")]
    public async Task Resume_KilledRunBelowItsStep_SaysSoAndChangesNothing(string steps)
    {
        using var folder = new TempFolder();
        folder.Write("run/recipe.yaml", "name: run");
        folder.Write("run/snapshots/r0/step-00000450-e1/manifest.json", "{}");
        folder.Write("run/summary.json", """{ "state": "running" }""");

        var end = await DistGanProcess.RunAsync(folder.Path, "train", "--resume", "run", "--steps", steps);

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("has done 450 steps already", end.Out, StringComparison.Ordinal);
        Assert.Contains("--steps 900", end.Out, StringComparison.Ordinal);
        Assert.Equal(["recipe.yaml", "summary.json"], Directory.GetFiles(folder["run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("name: run", File.ReadAllText(folder["run/recipe.yaml"]));
    }

    [Fact]
    public async Task Resume_ARunThatRuns_IsRefusedBeforeAnythingIsSaid()
    {
        using var folder = new TempFolder();
        folder.Write("run/recipe.yaml", "name: run");
        folder.Write("run/snapshots/r0/step-00000020-e1/manifest.json", "{}");
        using var held = RunLock.Take(folder["run"]);

        var end = await DistGanProcess.RunAsync(folder.Path, "train", "--resume", "run");

        Assert.Equal(5, end.ExitCode);
        Assert.Contains("Another process trains", end.Error, StringComparison.Ordinal);
        Assert.Equal("", end.Out);
    }

    [Fact]
    public async Task Resume_WithoutASnapshot_SaysSo()
    {
        using var folder = new TempFolder();
        folder.Write("run/recipe.yaml", "name: run");

        var end = await DistGanProcess.RunAsync(folder.Path, "train", "--resume", "run");

        Assert.Equal(4, end.ExitCode);
        Assert.Contains("no snapshot", end.Error, StringComparison.Ordinal);
    }
}
