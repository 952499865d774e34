using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Train;

public sealed class ManyDiscriminatorsTests
{
    [Fact]
    public async Task Train_ThreeReplicas_OneGeneratorIsDrawnScoredAndGenerates()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path,
            "train", TinyRecipes.Ring(folder), "--replicas", "3", "--set", "topology.kind=multi-discriminator", "--set", "topology.data-split=own", "--set", "topology.deadline-seconds=20", "--run-dir", "run");
        var made = await DistGanProcess.RunAsync(folder.Path, "generate", "run", "--count", "16", "--out", "points.png");
        var refused = await DistGanProcess.RunAsync(folder.Path, "generate", "run", "--replica", "1", "--count", "16", "--out", "points.png");

        Assert.True(end.ExitCode == 0, end.ToString());
        foreach (var replica in new[] { "r0", "r1", "r2" })
        {
            Assert.Contains($"  {replica} completed at step 60", end.Out, StringComparison.Ordinal);
        }

        Assert.True(made.ExitCode == 0, made.ToString());
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("has only a discriminator", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["run/samples/r1"]), "A replica without a generator has drawn pictures.");
        var members = File.ReadLines(folder["run/metrics/r0.jsonl"]).Select(static line => (double?)JsonNode.Parse(line)!["feedback_members"]).OfType<double>().ToList();
        Assert.All(members, static number => Assert.InRange(number, 1, 3));
        Assert.Contains(3.0, members);
    }

    [Fact]
    public async Task Train_WhatNeedsOnePlace_IsRefusedWithAllErrors()
    {
        using var folder = new TempFolder();

        var end = await DistGanProcess.RunAsync(folder.Path,
            "train", TinyRecipes.Ring(folder), "--replicas", "3", "--set", "topology.kind=multi-discriminator", "--set", "techniques.unrolling={}", "--set", "techniques.historical-averaging={}");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("techniques.unrolling = on: looks ahead", end.Error, StringComparison.Ordinal);
        Assert.Contains("techniques.historical-averaging = on: draws", end.Error, StringComparison.Ordinal);
    }
}
