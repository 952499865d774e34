using System.Globalization;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;
using DistGan.Training.Snapshots;

namespace DistGan.EndToEnd.Tests.Outputs;

[Collection(TrainedRunsCollection.Name)]
public sealed class TrainFromTests(TrainedRuns runs)
{
    private const string Source = $"{TrainedRuns.Ring}/snapshots/r0/step-00000060-e1";

    [Fact]
    public async Task Train_FromARun_BeginsWithItsWeightsAndKeepsItsRecipe()
    {
        await AssertDoneAsync("train", "--from", TrainedRuns.Ring, "--run-dir", "from/new", "--steps", "20", "--quiet");

        Assert.Equal(["10", "20"], File.ReadLines(runs.Folder["from/new/metrics/r0.jsonl"]).Select(StepOf).Distinct());
        var start = Read("from/new/start/weights.safetensors");
        foreach (var player in new[] { "generator", "discriminator", "ema" })
        {
            var source = Read($"{Source}/{player}.safetensors");
            Assert.NotEmpty(source);
            Assert.All(source, array => Assert.Equal(array.Value, start[$"{player}.{array.Key}"]));
        }

        Assert.Contains("width: 32", File.ReadAllText(runs.Folder["from/new/recipe.yaml"]), StringComparison.Ordinal);
        Assert.NotEqual(Weights($"{Source}/generator.safetensors"), Weights("from/new/snapshots/r0/step-00000020-e1/generator.safetensors"));
    }

    [Fact]
    public async Task Train_FromARun_RepeatsByteForByteAlsoWhenResumedOrFromItsRecipe()
    {
        await AssertDoneAsync("train", "--from", TrainedRuns.Ring, "--run-dir", "same/whole", "--steps", "40", "--quiet");
        await AssertDoneAsync("train", "--from", TrainedRuns.Ring, "--run-dir", "same/parts", "--steps", "20", "--quiet");
        await AssertDoneAsync("train", "--resume", "same/parts", "--steps", "40", "--quiet");
        await AssertDoneAsync("train", "same/whole/recipe.yaml", "--run-dir", "same/again", "--quiet");
        await AssertDoneAsync("train", TinyRecipes.Ring(runs.Folder), "--run-dir", "same/random", "--steps", "40", "--quiet");

        var whole = Weights("same/whole/snapshots/r0/step-00000040-e1/generator.safetensors");
        Assert.Equal(whole, Weights("same/parts/snapshots/r0/step-00000040-e2/generator.safetensors"));
        Assert.Equal(whole, Weights("same/again/snapshots/r0/step-00000040-e1/generator.safetensors"));
        Assert.NotEqual(whole, Weights("same/random/snapshots/r0/step-00000040-e1/generator.safetensors"));
    }

    [Fact]
    public async Task Train_FromAFile_BeginsWithThatGeneratorAlone()
    {
        await AssertDoneAsync("train", TinyRecipes.Ring(runs.Folder), "--from", $"{Source}/generator.safetensors", "--run-dir", "file/new", "--steps", "20", "--quiet");

        Assert.Equal(Read($"{Source}/generator.safetensors").Keys.Select(static name => $"generator.{name}").Order(), Read("file/new/start/weights.safetensors").Keys.Order());
    }

    [Fact]
    public async Task Train_FromARunWithOtherNetworks_SaysTheDifferenceAndMakesNoFolder()
    {
        var end = await runs.RunAsync("train", "--from", TrainedRuns.Ring, "--run-dir", "none", "--set", "generator.width=16", "--set", "discriminator.depth=1");

        Assert.Equal(2, end.ExitCode);
        Assert.All(["the networks differ, mlp 32/32 against mlp 16/32", "generator.0.weight", "F32 [32, 2]", "F32 [16, 2]", "more arrays"], part => Assert.Contains(part, end.Error, StringComparison.Ordinal));
        Assert.Equal(11, end.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(static line => !line.StartsWith("warning", StringComparison.Ordinal)) + 1);
        Assert.False(Directory.Exists(runs.Folder["none"]));
    }

    [Fact]
    public async Task Train_FromAnExportedFile_TakesTheRecipeThatItCarries()
    {
        await AssertDoneAsync("export", TrainedRuns.Ring, "--format", "safetensors", "--out", "carried.safetensors");

        await AssertDoneAsync("train", "--from", "carried.safetensors", "--run-dir", "from/carried", "--steps", "10", "--quiet");
        var absent = await runs.RunAsync("train", "--from", "carried.safetensors", "--run-dir", "none", "--set", "data.folder=photos");

        Assert.Contains("name: ring", File.ReadAllText(runs.Folder["from/carried/recipe.yaml"]), StringComparison.Ordinal);
        Assert.Contains("width: 32", File.ReadAllText(runs.Folder["from/carried/recipe.yaml"]), StringComparison.Ordinal);
        Assert.Equal(2, absent.ExitCode);
        Assert.Contains("say where it is with --set data.folder=DIR", absent.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_StartWeightsThatAreOthers_IsRefused()
    {
        var recipe = runs.Folder.Write("other/recipe.yaml", File.ReadAllText(TinyRecipes.Ring(runs.Folder)) + $"\nstart: {{ sha256: {new string('0', 64)} }}\n");
        Directory.CreateDirectory(runs.Folder["other/start"]);
        File.Copy(runs.Folder[$"{Source}/generator.safetensors"], runs.Folder["other/start/weights.safetensors"], overwrite: true);

        var end = await runs.RunAsync("train", recipe, "--run-dir", "none");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("start.sha256", end.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(runs.Folder["none"]));
    }

    [Theory]
    [InlineData(4, "There is no run folder", "--from", "runs/none")]
    [InlineData(4, "There is no file", "--from", "none.safetensors")]
    [InlineData(2, "no safetensors file", "--from", "ring.yaml")]
    [InlineData(2, "give one of them", "--from", TrainedRuns.Ring, "--resume", TrainedRuns.Ring)]
    [InlineData(2, "give --from too", "--preset", "ring", "--replica", "0")]
    [InlineData(4, "Replica 3", "--from", TrainedRuns.Ring, "--replica", "3")]
    [InlineData(2, "start.weights", "--preset", "ring", "--set", "start={}")]
    public async Task Train_FromWhatCannotBe_IsRefusedInASentence(int exitCode, string expected, params string[] arguments)
    {
        var end = await runs.RunAsync(["train", .. arguments]);

        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(expected, end.Error, StringComparison.Ordinal);
        Assert.Equal(["tiny-fashion", "tiny-ring"], Directory.GetDirectories(runs.Folder["runs"]).Select(Path.GetFileName).Order());
    }

    private async Task AssertDoneAsync(params string[] arguments)
    {
        var end = await runs.RunAsync(arguments);
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    private Dictionary<string, byte[]> Read(string file)
    {
        using var stream = File.OpenRead(runs.Folder[file]);
        return Safetensors.Read(stream, file).ToDictionary(static array => array.Name, static array => array.Bytes.ToArray());
    }

    private byte[] Weights(string file) => [.. Read(file).OrderBy(static pair => pair.Key, StringComparer.Ordinal).SelectMany(static pair => pair.Value)];

    private static string StepOf(string line) => ((long)System.Text.Json.Nodes.JsonNode.Parse(line)!["step"]!).ToString(CultureInfo.InvariantCulture);
}
