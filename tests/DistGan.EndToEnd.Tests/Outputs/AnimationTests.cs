using System.Text;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using SkiaSharp;

namespace DistGan.EndToEnd.Tests.Outputs;

/// <summary><c>interpolate</c> and <c>film</c>.</summary>
[Collection(TrainedRunsCollection.Name)]
public sealed class AnimationTests(TrainedRuns runs)
{
    [Theory]
    [InlineData("walk.gif")]
    [InlineData("walk.webp")]
    public async Task Interpolate_BetweenSeeds_HasThatManyFrames(string file)
    {
        var end = await runs.RunAsync("interpolate", TrainedRuns.Fashion, "--from-seed", "1", "--to-seed", "2", "--frames", "5", "--fps", "10", "--out", file, "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        var walk = Animation.Read(runs.Folder[file]);
        Assert.Equal([100, 100, 100, 100, 100], walk.Milliseconds);
        Assert.Equal((14 * 28, 14 * 28), (walk.Width, walk.Height));
        Assert.All(walk.Frames.Zip(walk.Frames.Skip(1)), static pair => Assert.NotEqual(pair.First, pair.Second));
        var document = JsonNode.Parse(end.Out)!;
        Assert.Equal(("distgan.interpolate/1", file), ((string?)document["schema"], (string?)document["file"]));
        Assert.Equal([1L, 2L], document["seeds"]!.AsArray().Select(static seed => (long)seed!));
    }

    [Fact]
    public async Task Interpolate_FirstFrame_IsTheSampleThatGenerateDraws()
    {
        var walk = await runs.RunAsync("interpolate", TrainedRuns.Fashion, "--seeds", "3,4", "--frames", "2", "--out", "both.gif");
        var single = await runs.RunAsync("generate", TrainedRuns.Fashion, "--count", "1", "--seed", "4", "--out", "last");

        Assert.True(walk.ExitCode == 0, walk.ToString());
        Assert.True(single.ExitCode == 0, single.ToString());
        using var sample = SKBitmap.Decode(runs.Folder["last/sample-0000.png"]);
        var frame = Animation.Read(runs.Folder["both.gif"]).Frames[1];
        Assert.Equal(sample.Pixels, Enumerable.Range(0, 28 * 28).Select(i => frame[(i / 28 * 14 * 392) + (i % 28 * 14)]));
    }

    [Fact]
    public async Task Interpolate_AnimatedPng_HasItsChunks()
    {
        var end = await runs.RunAsync("interpolate", TrainedRuns.Ring, "--seeds", "1,2,3", "--loop", "--frames", "6", "--out", "ring.png");

        Assert.True(end.ExitCode == 0, end.ToString());
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(runs.Folder["ring.png"]));
        Assert.Contains("acTL\0\0\0\u0006", text, StringComparison.Ordinal);
        Assert.Equal(6, text.Split("fcTL").Length - 1);
        Assert.Equal((400, 400), (Animation.Read(runs.Folder["ring.png"]).Width, Animation.Read(runs.Folder["ring.png"]).Height));
    }

    [Fact]
    public async Task Interpolate_Strip_IsAStillOfRowsAndFrames()
    {
        var end = await runs.RunAsync("interpolate", TrainedRuns.Fashion, "--seeds", "1,2", "--strip", "--frames", "4", "--rows", "3", "--out", "strip.png");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.DoesNotContain("acTL", Encoding.Latin1.GetString(File.ReadAllBytes(runs.Folder["strip.png"])), StringComparison.Ordinal);
        using var strip = SKBitmap.Decode(runs.Folder["strip.png"]);
        Assert.Equal((2 * (4 * 29 - 1), 2 * (3 * 29 - 1)), (strip.Width, strip.Height));
    }

    [Fact]
    public async Task Film_OfARun_ShowsEveryPictureOverItsStepAndHoldsTheLast()
    {
        var end = await runs.RunAsync("film", TrainedRuns.Ring, "--fps", "4", "--hold", "1");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal($"{TrainedRuns.Ring}/film.gif\n", end.Out);
        var film = Animation.Read(runs.Folder[$"{TrainedRuns.Ring}/film.gif"]);
        Assert.Equal([250, 1250], film.Milliseconds);
        using var last = SKBitmap.Decode(runs.Folder[$"{TrainedRuns.Ring}/samples/step-00000060.png"]);
        Assert.Equal(last.Pixels, film.Frames[1][..(400 * 400)]);
        Assert.NotEqual(film.Frames[0][(400 * 400)..], film.Frames[1][(400 * 400)..]);
    }

    [Fact]
    public async Task Film_PicturesOfTwoSizes_LieOnTheLarger()
    {
        foreach (var (step, size) in new[] { (10, 4), (20, 6) })
        {
            using var bitmap = new SKBitmap(new SKImageInfo(size, size, SKColorType.Gray8, SKAlphaType.Opaque));
            using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
            runs.Folder.Write("sizes/recipe.yaml", "");
            Directory.CreateDirectory(runs.Folder["sizes/samples"]);
            File.WriteAllBytes(runs.Folder[$"sizes/samples/step-{step:D8}.png"], png.ToArray());
        }

        var end = await runs.RunAsync("film", "sizes", "--out", "sizes.webp", "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal([10L, 20L], JsonNode.Parse(end.Out)!["steps"]!.AsArray().Select(static step => (long)step!));
        Assert.Equal(6, Animation.Read(runs.Folder["sizes.webp"]).Width);
    }

    [Theory]
    [InlineData(2, ".png, .apng, .gif, .webp", "interpolate", TrainedRuns.Fashion, "--out", "no.mp4")]
    [InlineData(2, "belong together", "interpolate", TrainedRuns.Fashion, "--out", "no.gif", "--from-seed", "1")]
    [InlineData(2, "--seeds 1,x", "interpolate", TrainedRuns.Fashion, "--out", "no.gif", "--seeds", "1,x")]
    [InlineData(2, "--seeds 1:", "interpolate", TrainedRuns.Fashion, "--out", "no.gif", "--seeds", "1")]
    [InlineData(2, "one or the other", "interpolate", TrainedRuns.Fashion, "--out", "no.gif", "--seeds", "1,2", "--to-seed", "1")]
    [InlineData(2, "at least two frames", "interpolate", TrainedRuns.Fashion, "--out", "no.gif", "--frames", "1")]
    [InlineData(2, "a strip is written as .png", "interpolate", TrainedRuns.Fashion, "--out", "no.gif", "--strip")]
    [InlineData(2, "makes points", "interpolate", TrainedRuns.Ring, "--out", "no.png", "--strip")]
    [InlineData(4, "There is no run folder", "interpolate", "runs/none", "--out", "no.gif")]
    [InlineData(2, ".png, .apng, .gif, .webp", "film", TrainedRuns.Ring, "--out", "no.mp4")]
    [InlineData(2, "--fps 0", "film", TrainedRuns.Ring, "--fps", "0")]
    [InlineData(4, "There is no run folder", "film", "runs/none")]
    public async Task Command_WhatCannotBe_IsRefusedInASentence(int exitCode, string expected, params string[] arguments)
    {
        var end = await runs.RunAsync(arguments);

        AssertRefused(end, exitCode, expected);
    }

    [Fact]
    public async Task Film_RunWithoutPictures_IsRefused()
    {
        runs.Folder.Write("bare/recipe.yaml", "");

        AssertRefused(await runs.RunAsync("film", "bare"), 4, "has no pictures yet");
    }

    private void AssertRefused(ProcessEnd end, int exitCode, string expected)
    {
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(expected, end.Error, StringComparison.Ordinal);
        Assert.Equal("", end.Out);
        Assert.Empty(Directory.GetFileSystemEntries(runs.Folder.Path, "no*"));
    }
}
