using System.Diagnostics;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

public sealed class InterruptTests
{
    [Theory]
    [InlineData(DistGanProcess.Interrupt)]
    [InlineData(DistGanProcess.Terminate)]
    public async Task Signal_WhileTraining_SavesASnapshotAndPrintsACommandThatGoesOn(int signal)
    {
        using var folder = new TempFolder();
        using var process = DistGanProcess.Start(folder.Path, "train", TinyRecipes.Ring(folder, "budget: { steps: 200000 }"), "--set", "snapshots.every-steps=100000", "--run-dir", "run");
        await process.UntilAsync("\nstep 10/");

        process.Signal(signal);
        var end = await process.EndAsync();

        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.Contains("press Ctrl-C again to end at once", end.Out + end.Error, StringComparison.Ordinal);
        var snapshot = Assert.Single(Directory.GetDirectories(folder["run/snapshots/r0"]));
        Assert.True(File.Exists(Path.Combine(snapshot, "manifest.json")));
        Assert.Contains("interrupted</span>", File.ReadAllText(folder["run/report.html"]), StringComparison.Ordinal);
        await GoesOnAsync(folder, ResumeCommand(end.Out), StepOf(snapshot));
    }

    [Fact]
    public async Task Signal_Twice_EndsAtOnce()
    {
        using var folder = new TempFolder();
        using var process = DistGanProcess.Start(folder.Path, "train", TinyRecipes.Fashion(folder, "budget: { steps: 200000 }"),
            "--set", "batch=512", "--set", "generator.width=64", "--set", "discriminator.width=64", "--set", "topology.round-steps=1", "--run-dir", "run");
        await process.UntilAsync("\nstep 1/");

        // Two signals of one kind may arrive as one.
        process.Signal(DistGanProcess.Interrupt);
        process.Signal(DistGanProcess.Terminate);
        var end = await process.EndAsync(20);

        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.Contains("ended at once", end.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("go on with:", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_EchoedByASupervisor_CountsOnce()
    {
        using var folder = new TempFolder();
        using var process = DistGanProcess.Start(folder.Path, "train", TinyRecipes.Ring(folder, "budget: { steps: 200000 }"), "--run-dir", "run");
        await process.UntilAsync("\nstep 10/");

        process.Signal(DistGanProcess.Interrupt);
        process.Signal(DistGanProcess.Interrupt);
        var end = await process.EndAsync();

        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.Contains("a snapshot is saved", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrlC_InATerminal_EndsWithASnapshot()
    {
        using var folder = new TempFolder();
        using var process = DistGanProcess.StartInTerminal(folder.Path, "train", TinyRecipes.Ring(folder, "budget: { steps: 200000 }"), "--run-dir", "run");
        await process.UntilAsync("snapshot:");

        await process.TypeAsync("\x03");
        var end = await process.EndAsync();

        Assert.True(end.ExitCode == 130, end.ToString());
        Assert.Contains("train --resume run", end.Out, StringComparison.Ordinal);
        Assert.EndsWith("\e[?25h", end.Out[..(end.Out.LastIndexOf("\e[?25h", StringComparison.Ordinal) + 6)], StringComparison.Ordinal);
    }

    private static string ResumeCommand(string output)
        => output.Split('\n').SkipWhile(static line => line != "go on with:").Skip(1).First().Trim();

    private static long StepOf(string snapshot) => long.Parse(Path.GetFileName(snapshot).AsSpan(5, 8));

    private static async Task GoesOnAsync(TempFolder folder, string command, long step)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"{command} --steps {step + 30} --quiet"])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await shell.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(120));
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, $"{command} ended with {shell.ExitCode}: {output}");
        Assert.Equal([step], RunEvents.ResumedFrom(folder["run"]));
        Assert.Contains($"is done: {step + 30} steps", output, StringComparison.Ordinal);
    }
}
