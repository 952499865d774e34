using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

public sealed class TrainTests
{
    [Fact]
    public async Task Train_RingThroughPipes_LeavesTheRunFolderOfTheContract()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder));

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.DoesNotContain(end.Out, static c => char.IsControl(c) && c != '\n');
        Assert.Equal(6, end.Out.Split('\n').Count(static line => line.StartsWith("step ", StringComparison.Ordinal) && line.Contains("d_loss", StringComparison.Ordinal)));
        var run = folder["runs/tiny-ring"];
        string[] files =
        [
            "recipe.yaml", "events.jsonl", "metrics/r0.jsonl", "metrics.jsonl", "evaluation.jsonl", "summary.json",
            "samples/step-00000030.png", "samples/step-00000060.png", "snapshots/r0/step-00000060-e1/manifest.json",
            "snapshots/r0/step-00000060-e1/generator.safetensors", "snapshots/r0/step-00000060-e1/discriminator.safetensors",
            "report.html", "machine.json", "snapshots/r0/step-00000060-e1/ema.safetensors", "snapshots/r0/step-00000060-e1/optimizer.safetensors",
        ];
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(run, file)), $"{file} is missing; {end}"));
        Assert.Contains("completed</span>", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
        Assert.Equal(6, File.ReadLines(Path.Combine(run, "metrics/r0.jsonl")).Count(static line => line.Contains("d_loss", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Train_EventLog_IsContiguousAndEndsCompleted()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "--quiet");

        Assert.True(end.ExitCode == 0, end.ToString());
        var events = RunEvents.Read(folder["runs/tiny-ring"]);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(static i => (long)i), events.Select(static entry => (long)entry["sequence"]!));
        Assert.Equal("completed", (string?)events[^1]["kind"]);
        Assert.DoesNotContain("step ", end.Out.Split("done")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_Json_StandardOutputIsTheSummaryAlone()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Fashion(folder), "-o", "json", "--run-dir", "mine");

        Assert.True(end.ExitCode == 0, end.ToString());
        var document = JsonNode.Parse(end.Out)!;
        Assert.NotNull((string?)document["schema"]);
        Assert.Equal("tiny-fashion", (string?)document["job"]);
        Assert.Equal("completed", (string?)document["state"]);
        Assert.Equal(60, (long)document["steps"]!);
        Assert.Equal(60 * 16, (long)document["images"]!);
        Assert.Contains("step 60/60", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_TheSameFolderTwice_IsRefusedWithTheResumeCommand()
    {
        using var folder = new TempFolder();
        folder.Write("mine/recipe.yaml", "name: mine");

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "--run-dir", "mine");

        Assert.Equal(5, end.ExitCode);
        Assert.Contains("train --resume mine", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_AgainWithoutARunDir_TakesTheNextFolder()
    {
        using var folder = new TempFolder();
        folder.Write("runs/tiny-ring/recipe.yaml", "name: tiny-ring");

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "-o", "json", "--steps", "20");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal("tiny-ring-2", (string?)JsonNode.Parse(end.Out)!["job"]);
        Assert.True(File.Exists(folder["runs/tiny-ring-2/summary.json"]));
    }
}
