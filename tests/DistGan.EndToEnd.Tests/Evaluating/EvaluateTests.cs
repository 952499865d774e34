using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Evaluating;

public sealed class EvaluateTests
{
    [Fact]
    public async Task Evaluate_FashionAsJson_HasEveryScoreWithItsProvenance()
    {
        using var folder = new TempFolder();
        await TrainAsync(folder, TinyRecipes.Fashion(folder, "budget: { steps: 20 }"));

        var end = await DistGanProcess.RunAsync(folder.Path, "evaluate", "mine", "-o", "json", "--samples", "100", "--draws", "2", "--seed", "5");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("draw 2/2: 100 generated samples", end.Error, StringComparison.Ordinal);
        var document = JsonNode.Parse(end.Out)!;
        Assert.Equal("distgan.evaluation/1", (string?)document["schema"]);
        Assert.Equal((0, 20, 100, 2, 5), ((int)document["replica"]!, (int)document["step"]!, (int)document["samples"]!, (int)document["draws"]!, (int)document["seed"]!));
        Assert.Equal(WeightsHash(folder), (string?)document["weights_sha256"]);
        foreach (var name in new[] { "fid", "kid", "precision", "recall", "density", "coverage", "is", "modes", "reverse_kl", "memorisation", "duplicate_share" })
        {
            var score = document["scores"]![name]!;
            Assert.Equal(2, score["draws"]!.AsArray().Count);
            Assert.Equal(score["draws"]!.AsArray().Average(static value => (double)value!), (double)score["mean"]!, 1e-9);
            Assert.NotNull((double?)score["sd"]);
            Assert.NotNull((double?)document["floor"]![name]!["mean"]);
        }

        // An untrained generator is far from clothes, other clothes are not.
        Assert.True((double)document["scores"]!["fid"]!["mean"]! > 5 * (double)document["floor"]!["fid"]!["mean"]!, end.Out);
        Assert.True((double)document["scores"]!["coverage"]!["mean"]! < 0.3 && (double)document["floor"]!["coverage"]!["mean"]! > 0.7, end.Out);
        ExpectProvenance(document["provenance"]!);
        ExpectLine(folder, document);
    }

    [Fact]
    public async Task Train_WithSeveralScores_ComparesSnapshotsByTheFirstThatRanks()
    {
        using var folder = new TempFolder();
        await TrainAsync(folder, TinyRecipes.Fashion(folder, "budget: { steps: 20 }"), "--set", "evaluation.metrics=[memorisation,kid,modes]", "--set", "evaluation.samples=64");

        var line = JsonNode.Parse(Assert.Single(File.ReadLines(folder["mine/evaluation.jsonl"])))!;
        Assert.Equal("train", (string?)line["source"]);
        Assert.Equal(["memorisation", "kid", "modes"], line["provenance"]!.AsObject().Select(static entry => entry.Key));
        Assert.Equal(1, Enumerable.Range(0, 10).Sum(label => (double)line["scores"]![$"class_share_{label}"]!), 1e-9);
        var score = JsonNode.Parse(File.ReadAllText(folder["mine/snapshots/r0/step-00000020-e1/manifest.json"]))!["score"]!;
        Assert.Equal(("kid", true), ((string?)score["metric"], (bool)score["lower_is_better"]!));
        Assert.Equal((double)line["scores"]!["kid"]!, (double)score["value"]!);
    }

    [Fact]
    public async Task Evaluate_TheSameSeed_GivesTheSameScores()
    {
        using var folder = new TempFolder();
        await TrainAsync(folder, TinyRecipes.Ring(folder, "budget: { steps: 20 }"));

        var one = await DistGanProcess.RunAsync(folder.Path, "evaluate", "mine", "-o", "json", "--samples", "300");
        var two = await DistGanProcess.RunAsync(folder.Path, "evaluate", "mine", "-o", "json", "--samples", "300");
        var other = await DistGanProcess.RunAsync(folder.Path, "evaluate", "mine", "-o", "json", "--samples", "300", "--seed", "9");

        Assert.True(one.ExitCode == 0, one.ToString());
        Assert.Equal(one.Out, two.Out);
        Assert.NotEqual(one.Out, other.Out);
        var scores = JsonNode.Parse(one.Out)!;
        Assert.Equal(8, (double)scores["floor"]!["modes"]!["mean"]!);
        Assert.Null((string?)scores["provenance"]!["modes"]!["feature_network"]);
        var sources = File.ReadLines(folder["mine/evaluation.jsonl"]).Select(static line => (string?)JsonNode.Parse(line)!["source"]).ToList();
        Assert.Equal(["train", "evaluate", "evaluate", "evaluate"], sources);
    }

    [Fact]
    public async Task Evaluate_ThroughPipes_IsATableWithoutControlCodes()
    {
        using var folder = new TempFolder();
        await TrainAsync(folder, TinyRecipes.Ring(folder, "budget: { steps: 20 }"));

        var end = await DistGanProcess.RunAsync(folder.Path, "evaluate", "mine", "--metrics", "modes", "--samples", "300", "--draws", "1", "--quiet");

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("mine, replica 0, step 20: 1 draw of 300 samples", end.Out, StringComparison.Ordinal);
        Assert.Contains("solid_modes", end.Out, StringComparison.Ordinal);
        Assert.Contains("modes: against ring", end.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(end.Out, static c => char.IsControl(c) && c != '\n');
        Assert.Equal("", end.Error);
        await ExpectRefusalAsync(folder, 2, "set of points", "mine", "--features", "random");
        await ExpectRefusalAsync(folder, 2, "allowed are modes, all", "mine", "--metrics", "modes,fid");
    }

    [Fact]
    public async Task Evaluate_RunWithLabels_ScoresHowManySamplesHaveThem()
    {
        using var folder = new TempFolder();
        await TrainAsync(folder, TinyRecipes.Ring(folder, "budget: { steps: 20 }\nconditioning: cgan"));

        var end = await DistGanProcess.RunAsync(folder.Path, "evaluate", "mine", "-o", "json", "--samples", "300");

        Assert.True(end.ExitCode == 0, end.ToString());
        var scores = JsonNode.Parse(end.Out)!;
        Assert.InRange((double)scores["scores"]!["label_accuracy"]!["mean"]!, 0, 1);
        Assert.Equal(1, (double)scores["floor"]!["label_accuracy"]!["mean"]!); // points of the data lie at their own modes
    }

    [Fact]
    public async Task Evaluate_WhatDoesNotFit_SaysWhatDoes()
    {
        using var folder = new TempFolder();
        await TrainAsync(folder, TinyRecipes.Fashion(folder, "budget: { steps: 20 }"));

        await ExpectRefusalAsync(folder, 2, "fid, kid, prdc, memorisation, all", "mine", "--metrics", "is", "--features", "random");
        await ExpectRefusalAsync(folder, 2, "stacked-fashion, stacked-mnist, random", "mine", "--features", "inception");
        await ExpectRefusalAsync(folder, 4, "none.pt", "mine", "--features", "none.pt");
        await ExpectRefusalAsync(folder, 4, "Replica 3", "mine", "--replica", "3");
        Assert.False(File.Exists(folder["mine/evaluation.jsonl"]));
    }

    [Fact]
    public async Task Evaluate_BadArguments_AreRefusedWithWhatIsAllowed()
    {
        using var folder = new TempFolder();

        await ExpectRefusalAsync(folder, 2, "must be one of fid, kid, prdc, is, modes, label_accuracy, memorisation, all; did you mean 'fid'?", "mine", "--metrics", "kid,fidd");
        await ExpectRefusalAsync(folder, 2, "from 16 to 1000000", "mine", "--samples", "3");
        await ExpectRefusalAsync(folder, 2, "two numbers", "mine", "--features-range", "1");
        await ExpectRefusalAsync(folder, 4, "There is no run folder 'mine'", "mine");
    }

    private static async Task TrainAsync(TempFolder folder, string recipe, params string[] more)
    {
        var end = await DistGanProcess.RunAsync(folder.Path, ["train", recipe, "--quiet", "--run-dir", "mine", .. more]);
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    private static async Task ExpectRefusalAsync(TempFolder folder, int exitCode, string text, params string[] arguments)
    {
        var end = await DistGanProcess.RunAsync(folder.Path, ["evaluate", .. arguments]);
        Assert.True(end.ExitCode == exitCode && end.Error.Contains(text, StringComparison.Ordinal) && end.Out.Length == 0, end.ToString());
    }

    private static void ExpectProvenance(JsonNode provenance)
    {
        Assert.Equal(["fid", "kid", "prdc", "is", "modes", "memorisation"], provenance.AsObject().Select(static entry => entry.Key));
        foreach (var (_, entry) in provenance.AsObject())
        {
            Assert.Equal("fashion-classifier", (string?)entry!["feature_network"]);
            Assert.Equal(64, ((string?)entry["feature_hash"])!.Length);
            Assert.NotNull((string?)entry["resize"]);
            Assert.Equal((100, 5), ((int)entry["samples"]!, (int)entry["seed"]!));
        }

        Assert.Equal((60_000, "Fashion-MNIST, training split"), ((int)provenance["fid"]!["reference_samples"]!, (string?)provenance["fid"]!["reference"]));
        Assert.Equal((10_000, "fashion-10k, the training data themselves"), ((int)provenance["kid"]!["reference_samples"]!, (string?)provenance["kid"]!["reference"]));
    }

    private static void ExpectLine(TempFolder folder, JsonNode document)
    {
        var line = JsonNode.Parse(Assert.Single(File.ReadLines(folder["mine/evaluation.jsonl"])))!;
        Assert.Equal(("evaluate", 0, 20), ((string?)line["source"], (int)line["replica"]!, (int)line["step"]!));
        Assert.Equal((double)document["scores"]!["fid"]!["mean"]!, (double)line["scores"]!["fid"]!);
        Assert.Equal(WeightsHash(folder), (string?)line["provenance"]!["snapshot"]!["weights_sha256"]);
        Assert.Equal(2, (int)line["provenance"]!["snapshot"]!["draws"]!);
    }

    private static string WeightsHash(TempFolder folder)
        => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder["mine/snapshots/r0/step-00000020-e1/ema.safetensors"])));
}
