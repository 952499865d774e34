using System.Text;
using System.Text.Json.Nodes;

namespace DistGan.EndToEnd.Tests.Outputs;

/// <summary>Labels and codes at the console: <c>generate</c>, <c>interpolate</c>, <c>evaluate</c>, <c>export</c>, <c>describe</c> and reports.</summary>
public sealed class LabelTests(ConditionalRuns runs) : IClassFixture<ConditionalRuns>
{
    [Fact]
    public async Task Generate_TwoLabels_DrawsEachWithTheSameLatentsAndNamesFilesByThem()
    {
        var both = await runs.DoneAsync("generate", ConditionalRuns.Clothes, "--label", "dress,0", "--count", "2", "--seed", "7", "--out", "both", "-o", "json");
        await runs.DoneAsync("generate", ConditionalRuns.Clothes, "--label", "3", "--count", "3", "--seed", "7", "--out", "one");

        string[] files = ["sample-0000-label-3.png", "sample-0001-label-3.png", "sample-0002-label-0.png", "sample-0003-label-0.png"];
        Assert.Equal(files, Directory.GetFiles(runs.Folder["both"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(Bytes("one/sample-0001-label-3.png"), Bytes("both/sample-0001-label-3.png"));
        Assert.NotEqual(Bytes("both/sample-0001-label-3.png"), Bytes("both/sample-0003-label-0.png"));
        var document = JsonNode.Parse(both.Out)!;
        Assert.Equal([3, 3, 0, 0], Numbers(document["labels"]));
        Assert.Equal(files.Select(static name => $"both/{name}"), document["files"]!.AsArray().Select(static file => (string?)file));
        Assert.Equal(("dress", 4), ((string?)document["class_names"]![3], (int)document["count"]!));
    }

    [Fact]
    public async Task Generate_AllLabels_MakesARowOfThePictureForEach()
    {
        var end = await runs.DoneAsync("generate", ConditionalRuns.Clothes, "--label", "all", "--columns", "3", "--out", "all.png");
        await runs.DoneAsync("generate", ConditionalRuns.Clothes, "--label", "boot", "--label", "sandal", "--out", "two.png");

        Assert.Contains("3 of each label: 0 t-shirt, 1 trousers", end.Out, StringComparison.Ordinal);
        Assert.Contains("a row of the picture each", end.Out, StringComparison.Ordinal);
        Assert.Equal(((3, 10), (8, 2)), (runs.CellsOf("all.png"), runs.CellsOf("two.png")));
        Assert.Equal(runs.Cell("all.png", row: 9, column: 2), runs.Cell("two.png", row: 0, column: 2));
        Assert.Equal(runs.Cell("all.png", row: 5, column: 2), runs.Cell("two.png", row: 1, column: 2));
        Assert.NotEqual(runs.Cell("two.png", row: 0, column: 2), runs.Cell("two.png", row: 1, column: 2));
    }

    [Fact]
    public async Task Generate_WithoutALabel_DrawsThemAndSaysWhich()
    {
        var end = await runs.DoneAsync("generate", ConditionalRuns.Clothes, "--count", "40", "--out", "drawn", "-o", "json");
        var again = await runs.DoneAsync("generate", ConditionalRuns.Clothes, "--count", "3", "--out", "drawn", "--yes", "-o", "json");

        var (labels, files) = (Numbers(JsonNode.Parse(end.Out)!["labels"]), JsonNode.Parse(end.Out)!["files"]!.AsArray());
        Assert.Equal(40, labels.Count);
        Assert.True(labels.Distinct().Count() > 3);
        Assert.All(labels.Index(), item => Assert.EndsWith($"-label-{item.Item}.png", (string?)files[item.Index], StringComparison.Ordinal));
        Assert.Equal(labels[..3], Numbers(JsonNode.Parse(again.Out)!["labels"]));
        Assert.Equal(3, Directory.GetFiles(runs.Folder["drawn"]).Length);
    }

    [Fact]
    public async Task Generate_Points_HasTheLabelsInItsTable()
    {
        await runs.DoneAsync("generate", ConditionalRuns.Points, "--label", "5,1", "--count", "3", "--out", "points.png");
        await runs.DoneAsync("generate", ConditionalRuns.Continuous, "--count", "3", "--out", "unlabelled.png");

        var lines = File.ReadAllLines(runs.Folder["points.csv"]);
        Assert.Equal("x,y,label", lines[0]);
        Assert.Equal(["5", "5", "5", "1", "1", "1"], lines[1..].Select(static line => line.Split(',')[2]));
        Assert.Equal("x,y", File.ReadAllLines(runs.Folder["unlabelled.csv"])[0]);
    }

    [Fact]
    public async Task Interpolate_VaryingTheLabel_PassesTheSamplesThatGenerateDraws()
    {
        var end = await runs.DoneAsync("interpolate", ConditionalRuns.Clothes, "--vary", "y,z2", "--from", "-3", "--seeds", "7", "--out", "vary.png", "-o", "json");
        await runs.DoneAsync("generate", ConditionalRuns.Clothes, "--label", "all", "--columns", "1", "--seed", "7", "--out", "column.png");

        Assert.Equal((10, 2), runs.CellsOf("vary.png"));
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(runs.Cell("column.png", label, 0), runs.Cell("vary.png", 0, label)));
        Assert.NotEqual(runs.Cell("vary.png", 1, 0), runs.Cell("vary.png", 1, 9));
        var document = JsonNode.Parse(end.Out)!;
        Assert.Equal((10, 7), ((int)document["frames"]!, (int)document["seeds"]![0]!));
        Assert.Equal([("y", 0.0, 9.0), ("z2", -3.0, 2.0)], document["vary"]!.AsArray().Select(static axis => ((string)axis!["name"]!, (double)axis["from"]!, (double)axis["to"]!)));
    }

    [Fact]
    public async Task Interpolate_BetweenTwoLabels_FadesFromOneToTheOther()
    {
        var end = await runs.DoneAsync("interpolate", ConditionalRuns.Clothes, "--label", "sandal,boot", "--seeds", "7", "--strip", "--frames", "3", "--out", "fade.png");
        var held = await runs.DoneAsync("interpolate", ConditionalRuns.Clothes, "--label", "9", "--seeds", "8,7", "--strip", "--frames", "2", "--out", "held.png", "-o", "json");
        await runs.DoneAsync("generate", ConditionalRuns.Clothes, "--label", "5,9", "--columns", "1", "--seed", "7", "--out", "ends.png");

        Assert.Equal(runs.Cell("ends.png", 0, 0), runs.Cell("fade.png", 0, 0));
        Assert.Equal(runs.Cell("ends.png", 1, 0), runs.Cell("fade.png", 0, 2));
        Assert.NotEqual(runs.Cell("fade.png", 0, 0), runs.Cell("fade.png", 0, 1));
        Assert.NotEqual(runs.Cell("fade.png", 0, 1), runs.Cell("fade.png", 0, 2));
        Assert.Equal("fade.png\nlabel: 5 sandal, 9 boot\n", end.Out);
        Assert.Equal(runs.Cell("ends.png", 1, 0), runs.Cell("held.png", 0, 1));
        Assert.Equal([9], Numbers(JsonNode.Parse(held.Out)!["labels"]));
        Assert.Equal([8, 7], Numbers(JsonNode.Parse(held.Out)!["seeds"]));
    }

    [Fact]
    public async Task Interpolate_CodesOfInfoGan_HaveARowEach()
    {
        var end = await runs.DoneAsync("interpolate", ConditionalRuns.Codes, "--vary", "c1..c2", "--label", "4", "--frames", "3", "--out", "codes.png");

        Assert.Equal("codes.png\nrows from the top: c1 from -1 to 1, c2 from -1 to 1\n", end.Out);
        Assert.Equal((3, 2), runs.CellsOf("codes.png"));
        Assert.All([0, 1], row => Assert.NotEqual(runs.Cell("codes.png", row, 0), runs.Cell("codes.png", row, 2)));
        Assert.NotEqual(runs.Cell("codes.png", 0, 0), runs.Cell("codes.png", 1, 0));
    }

    [Fact]
    public async Task Interpolate_VaryInALoop_GoesThereAndBack()
    {
        await runs.DoneAsync("interpolate", ConditionalRuns.Clothes, "--vary", "y,z1", "--loop", "--frames", "4", "--columns", "3", "--out", "loop.gif");
        await runs.DoneAsync("interpolate", ConditionalRuns.Points, "--vary", "y", "--frames", "8", "--out", "modes.gif");

        var loop = Animation.Read(runs.Folder["loop.gif"]);
        Assert.Equal(4, loop.Frames.Count);
        Assert.Equal((3 * 29 - 1) * loop.Height, (2 * 29 - 1) * loop.Width);
        Assert.Equal(loop.Frames[1], loop.Frames[3]);
        Assert.NotEqual(loop.Frames[0], loop.Frames[1]);
        Assert.NotEqual(loop.Frames[1], loop.Frames[2]);
        Assert.Equal(8, Animation.Read(runs.Folder["modes.gif"]).Frames.Count);
    }

    [Fact]
    public async Task Evaluate_ARunWithLabels_ScoresThemAndCountsWhatWasAskedFor()
    {
        var end = await runs.DoneAsync("evaluate", ConditionalRuns.Clothes, "--metrics", "label_accuracy", "--samples", "100", "--draws", "2", "-o", "json");

        var document = JsonNode.Parse(end.Out)!;
        Assert.InRange((double)document["scores"]!["label_accuracy"]!["mean"]!, 0, 1);
        Assert.InRange((double)document["floor"]!["label_accuracy"]!["mean"]!, 0.8, 1);
        var labels = document["labels"]!.AsArray();
        Assert.Equal((10, "boot", 9), (labels.Count, (string)labels[9]!["name"]!, (int)labels[9]!["label"]!));
        Assert.Equal(200, labels.Sum(static label => (int)label!["samples"]!));
        Assert.All(labels, static label => Assert.InRange((int)label!["samples"]!, 1, 60));
    }

    [Fact]
    public async Task Export_ARunWithLabels_SaysWhatTheInputIsMadeOf()
    {
        var labels = JsonNode.Parse((await runs.DoneAsync("export", ConditionalRuns.Clothes, "--format", "onnx", "--out", "labels.onnx", "-o", "json")).Out)!;
        var codes = await runs.DoneAsync("export", ConditionalRuns.Codes, "--format", "safetensors", "--out", "codes.safetensors");

        Assert.Equal("""{"z":16,"labels":10}""", labels["input_columns"]!.ToJsonString());
        Assert.Equal(("t-shirt", 1000L), ((string?)labels["class_names"]![0], (long)labels["class_counts"]![0]!));
        Assert.Contains("""{"z": 16, "labels": 10}""", Encoding.Latin1.GetString(Bytes("labels.onnx")), StringComparison.Ordinal);
        Assert.Contains("""input {"z": 16, "categories": 10, "continuous": 2}""", codes.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_ARunWithLabels_SaysWhichRowIsWhich()
    {
        await runs.DoneAsync("report", ConditionalRuns.Clothes);
        await runs.DoneAsync("report", ConditionalRuns.Points);
        var described = await runs.DoneAsync("describe", ConditionalRuns.Clothes);

        Assert.Contains("A row for each label, from the top: 0 t-shirt, 1 trousers, 2 pullover", Page(ConditionalRuns.Clothes), StringComparison.Ordinal);
        Assert.DoesNotContain("A row for each", Page(ConditionalRuns.Points), StringComparison.Ordinal);
        Assert.Contains("non-saturating, cgan, batch 16", described.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("was trained without labels (conditioning: none)", "generate", ConditionalRuns.Plain, "--out", "no", "--label", "3")]
    [InlineData("has continuous codes alone", "generate", ConditionalRuns.Continuous, "--out", "no", "--label", "3")]
    [InlineData("--label 10: There is no class '10': give a number from 0 to 9, or one of t-shirt, trousers", "generate", ConditionalRuns.Clothes, "--out", "no", "--label", "10")]
    [InlineData("--label boot,shoe: There is no class 'shoe'", "generate", ConditionalRuns.Clothes, "--out", "no", "--label", "boot,shoe")]
    [InlineData("has a row for each of them", "generate", ConditionalRuns.Clothes, "--out", "no.png", "--label", "all", "--rows", "2")]
    [InlineData("leave one of them out", "generate", ConditionalRuns.Clothes, "--out", "no.png", "--label", "all", "--columns", "2", "--count", "3")]
    [InlineData("are 500000 samples", "generate", ConditionalRuns.Clothes, "--out", "no", "--label", "all", "--count", "50000")]
    [InlineData("champions are generators of modes", "generate", ConditionalRuns.Points, "--out", "no.png", "--label", "1", "--champions")]
    [InlineData("was trained without labels", "interpolate", ConditionalRuns.Plain, "--out", "no.gif", "--label", "1,2")]
    [InlineData("3 seeds and 2 labels", "interpolate", ConditionalRuns.Clothes, "--out", "no.gif", "--label", "1,2", "--seeds", "1,2,3")]
    [InlineData("two stops or more", "interpolate", ConditionalRuns.Clothes, "--out", "no.gif", "--label", "1", "--seeds", "1")]
    [InlineData("'c1' is nothing that can be varied here: this generator has z1 to z16, y, the label.", "interpolate", ConditionalRuns.Clothes, "--out", "no.png", "--vary", "c1")]
    [InlineData("this generator has z1 to z16.", "interpolate", ConditionalRuns.Plain, "--out", "no.png", "--vary", "y")]
    [InlineData("goes through the labels itself", "interpolate", ConditionalRuns.Clothes, "--out", "no.png", "--vary", "y", "--label", "1")]
    [InlineData("one label is held", "interpolate", ConditionalRuns.Clothes, "--out", "no.png", "--vary", "z1", "--label", "1,2")]
    [InlineData("takes one seed", "interpolate", ConditionalRuns.Clothes, "--out", "no.png", "--vary", "z1", "--seeds", "1,2")]
    [InlineData("the same number", "interpolate", ConditionalRuns.Clothes, "--out", "no.png", "--vary", "z1", "--from", "1", "--to", "1")]
    [InlineData("a finite number", "interpolate", ConditionalRuns.Clothes, "--out", "no.png", "--vary", "z1", "--from", "NaN")]
    [InlineData("are the values of --vary", "interpolate", ConditionalRuns.Clothes, "--out", "no.gif", "--to", "1")]
    [InlineData("has its row", "interpolate", ConditionalRuns.Clothes, "--out", "no.gif", "--vary", "z1", "--rows", "2")]
    [InlineData("say with --frames how many", "interpolate", ConditionalRuns.Clothes, "--out", "no.png", "--vary", "z1", "--columns", "2")]
    [InlineData("name a .gif, .webp or .apng file", "interpolate", ConditionalRuns.Points, "--out", "no.png", "--vary", "y")]
    [InlineData("only one thing can be varied", "interpolate", ConditionalRuns.Points, "--out", "no.gif", "--vary", "z1..z2")]
    [InlineData("samples of a run without labels are asked for no label; allowed are", "evaluate", ConditionalRuns.Plain, "--metrics", "label_accuracy", "--samples", "16")]
    public async Task Command_WhatCannotBe_IsRefusedInASentence(string expected, params string[] arguments)
    {
        var end = await runs.RunAsync(arguments);

        Assert.True(end.ExitCode == 2, end.ToString());
        Assert.Contains(expected, end.Error, StringComparison.Ordinal);
        Assert.Equal("", end.Out);
        Assert.Empty(Directory.GetFileSystemEntries(runs.Folder.Path, "no*"));
    }

    private byte[] Bytes(string file) => File.ReadAllBytes(runs.Folder[file]);

    private string Page(string run) => File.ReadAllText(runs.Folder[$"{run}/report.html"]);

    private static List<int> Numbers(JsonNode? list) => [.. list!.AsArray().Select(static number => (int)number!)];
}
