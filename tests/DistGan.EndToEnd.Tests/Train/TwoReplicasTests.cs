using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

public sealed class TwoReplicasTests
{
    [Fact]
    public async Task Train_TwoReplicasThroughPipes_NamesThemAndLeavesTheFilesOfBoth()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "--replicas", "2", "--run-dir", "run");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.DoesNotContain(end.Out, static c => char.IsControl(c) && c != '\n');
        foreach (var replica in new[] { "r0", "r1" })
        {
            Assert.Equal(6, end.Out.Split('\n').Count(line => line.StartsWith($"{replica} step ", StringComparison.Ordinal) && line.Contains("d_loss", StringComparison.Ordinal)));
            Assert.Contains($"  {replica} completed at step 60", end.Out, StringComparison.Ordinal);
        }

        string[] files =
        [
            "metrics/r0.jsonl", "metrics/r1.jsonl", "metrics.jsonl", "samples/step-00000060.png", "samples/r1/step-00000060.png",
            "snapshots/r0/step-00000060-e1/manifest.json", "snapshots/r1/step-00000060-e1/manifest.json",
        ];
        Assert.All(files, file => Assert.True(File.Exists(folder[$"run/{file}"]), $"{file} is missing; {end}"));
        Assert.Equal(12, File.ReadLines(folder["run/metrics.jsonl"]).Count(static line => line.Contains("d_loss", StringComparison.Ordinal)));
        Assert.Contains(File.ReadLines(folder["run/metrics.jsonl"]), static line => JsonNode.Parse(line)!["replay_others_share"] is { } share && (double)share > 0);

        var picture = await DistGanProcess.RunAsync(folder.Path, "samples", "run", "--replica", "1");
        Assert.True(picture.ExitCode == 0, picture.ToString());
        Assert.Contains(Path.Combine("run", "samples", "r1", "step-00000060.png"), picture.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_TwoAveragedReplicasAsJson_SummaryNamesTheBestAndTheStateOfEach()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path,
            "train", TinyRecipes.Ring(folder), "--replicas", "2", "--set", "topology.kind=averaging", "-o", "json", "--run-dir", "run");

        Assert.True(end.ExitCode == 0, end.ToString());
        var document = JsonNode.Parse(end.Out)!;
        Assert.Equal("completed", (string?)document["state"]);
        Assert.Equal(60 * 64 * 2, (long)document["images"]!);
        Assert.InRange((int)document["best_replica"]!, 0, 1);
        var replicas = document["replicas"]!.AsArray();
        Assert.Equal([0, 1], replicas.Select(static replica => (int)replica!["replica"]!));
        Assert.All(replicas, static replica => Assert.Equal(("completed", 60L), ((string?)replica!["state"], (long)replica["step"]!)));
        Assert.Equal((double)replicas[(int)document["best_replica"]!]!["scores"]!["modes"]!, (double)document["scores"]!["modes"]!);
        Assert.Contains("merge_members", File.ReadAllText(folder["run/metrics/r1.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_TwoReplicas_SavesBothAndTheResumedRunGoesOnWithBoth()
    {
        using var folder = new TempFolder();
        using var process = DistGanProcess.Start(folder.Path,
            "train", TinyRecipes.Ring(folder, "budget: { steps: 200000 }"), "--replicas", "2", "--set", "snapshots.every-steps=100000", "--run-dir", "run");
        await process.UntilAsync("\nr1 step 10/");

        process.Signal(DistGanProcess.Interrupt);
        var end = await process.EndAsync();

        Assert.True(end.ExitCode == 130, end.ToString());
        var steps = new[] { "r0", "r1" }.Select(replica => StepOf(Assert.Single(Directory.GetDirectories(folder[$"run/snapshots/{replica}"])))).ToArray();
        var more = await DistGanProcess.RunAsync(folder.Path, "train", "--resume", "run", "--steps", $"{steps.Max() + 20}");
        Assert.True(more.ExitCode == 0, more.ToString());
        Assert.Equal(steps, RunEvents.ResumedFrom(folder["run"]).ToArray());
    }

    [Fact]
    public async Task Train_AveragingWithOneReplica_IsRefused()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path, "train", TinyRecipes.Ring(folder), "--set", "topology.kind=averaging");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("topology.replicas = 1: topology averaging needs at least 2 replicas", end.Error, StringComparison.Ordinal);
    }

    private static long StepOf(string snapshot) => long.Parse(Path.GetFileName(snapshot).AsSpan(5, 8));
}
