using System.Globalization;
using System.Text.Json.Nodes;
using SkiaSharp;

namespace DistGan.EndToEnd.Tests.Outputs;

[Collection(TrainedRunsCollection.Name)]
public sealed class GenerateTests(TrainedRuns runs)
{
    [Fact]
    public async Task Generate_Folder_HoldsOneFileASample()
    {
        var end = await runs.RunAsync("generate", TrainedRuns.Fashion, "--count", "70", "--out", "single", "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        var files = Directory.GetFiles(runs.Folder["single"]).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(70, files.Count);
        Assert.Equal("sample-0069.png", Path.GetFileName(files[^1]));
        using var picture = SKBitmap.Decode(files[^1]);
        Assert.Equal((28, 28), (picture.Width, picture.Height));
        var document = JsonNode.Parse(end.Out)!;
        Assert.Equal("distgan.generate/1", (string?)document["schema"]);
        Assert.Equal((TrainedRuns.Fashion, 0, 60L), ((string?)document["run"], (int)document["replica"]!, (long)document["step"]!));
        Assert.Equal("single/sample-0069.png", (string?)document["files"]![69]);
        Assert.Equal(64, ((string?)document["weights_sha256"])!.Length);
    }

    [Fact]
    public async Task Generate_Picture_IsAGridThatTheSeedDetermines()
    {
        Assert.All(
            [
                await runs.RunAsync("generate", TrainedRuns.Fashion, "--out", "first.png"),
                await runs.RunAsync("generate", TrainedRuns.Fashion, "--out", "again.png", "--seed", "1"),
                await runs.RunAsync("generate", TrainedRuns.Fashion, "--out", "other.png", "--seed", "2"),
                await runs.RunAsync("generate", TrainedRuns.Fashion, "--out", "raw.png", "--raw"),
                await runs.RunAsync("generate", TrainedRuns.Fashion, "--out", "small.png", "--rows", "2", "--columns", "3", "--truncation", "0.5"),
            ],
            static end => Assert.True(end.ExitCode == 0, end.ToString()));

        var first = File.ReadAllBytes(runs.Folder["first.png"]);
        Assert.Equal(first, File.ReadAllBytes(runs.Folder["again.png"]));
        Assert.NotEqual(first, File.ReadAllBytes(runs.Folder["other.png"]));
        Assert.NotEqual(first, File.ReadAllBytes(runs.Folder["raw.png"]));
        Assert.Equal((2 * (8 * 29 - 1), 2 * (8 * 29 - 1)), SizeOf("first.png"));
        Assert.Equal((2 * (3 * 29 - 1), 2 * (2 * 29 - 1)), SizeOf("small.png"));
    }

    [Fact]
    public async Task Generate_Points_GivesAPlotAndCoordinates()
    {
        var end = await runs.RunAsync("generate", TrainedRuns.Ring, "--count", "100", "--out", "points/ring.png");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal((400, 400), SizeOf("points/ring.png"));
        var lines = File.ReadAllLines(runs.Folder["points/ring.csv"]);
        Assert.Equal("x,y", lines[0]);
        Assert.Equal(101, lines.Length);
        Assert.All(lines[1..], static line => Assert.All(line.Split(','), static number => Assert.InRange(float.Parse(number, CultureInfo.InvariantCulture), -10, 10)));
        Assert.Equal(["ring.csv", "ring.png"], Directory.GetFiles(runs.Folder["points"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(2, "--label 3", TrainedRuns.Fashion, "--out", "no", "--label", "3")]
    [InlineData(2, "as .png", TrainedRuns.Fashion, "--out", "no.jpg")]
    [InlineData(2, "--count 0", TrainedRuns.Fashion, "--out", "no.png", "--count", "0")]
    [InlineData(2, "--truncation 0", TrainedRuns.Fashion, "--out", "no.png", "--truncation", "0")]
    [InlineData(2, "--out", TrainedRuns.Fashion)]
    [InlineData(2, "is a folder", TrainedRuns.Fashion, "--out", "no", "--rows", "2")]
    [InlineData(2, "points", TrainedRuns.Ring, "--out", "no.png", "--rows", "2")]
    [InlineData(2, "room for 6", TrainedRuns.Fashion, "--out", "no.png", "--rows", "2", "--columns", "3", "--count", "7")]
    [InlineData(4, "There is no run folder", "runs/none", "--out", "no.png")]
    [InlineData(4, "Replica 1", TrainedRuns.Fashion, "--out", "no.png", "--replica", "1")]
    [InlineData(5, "cannot be written", TrainedRuns.Fashion, "--out", "/proc/no.png")]
    public async Task Generate_WhatCannotBe_IsRefusedInASentence(int exitCode, string expected, params string[] arguments)
    {
        var end = await runs.RunAsync(["generate", .. arguments]);

        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(expected, end.Error, StringComparison.Ordinal);
        Assert.Equal("", end.Out);
        Assert.Empty(Directory.GetFileSystemEntries(runs.Folder.Path, "no*"));
    }

    private (int Width, int Height) SizeOf(string name)
    {
        using var picture = SKBitmap.Decode(runs.Folder[name]);
        return (picture.Width, picture.Height);
    }
}
