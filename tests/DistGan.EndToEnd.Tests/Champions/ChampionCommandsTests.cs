using System.Globalization;
using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;
using DistGan.EndToEnd.Tests.Train;

namespace DistGan.EndToEnd.Tests.Champions;

/// <summary>Points on the grid, whose middle mode a tiny generator makes at once.</summary>
public sealed class ChampionCommandsTests : IDisposable
{
    private const int Middle = 12;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Generate_Champions_DrawsEachModeThatHasOne()
    {
        await TrainAsync("techniques.mode-champions={}");

        var end = await DistGanProcess.RunAsync(_folder.Path, "generate", "mine", "--champions", "--count", "90", "--out", "set.png", "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        var document = JsonNode.Parse(end.Out)!;
        var kept = Kept();
        Assert.Contains(Middle, kept);
        Assert.Equal("uniform", (string?)document["distribution"]);
        Assert.Equal(kept, document["champions"]!.AsArray().Select(static champion => (int)champion!["mode"]!));
        Assert.All(document["champions"]!.AsArray(), static champion => Assert.InRange((double)champion!["acceptance"]!, double.Epsilon, 1));
        Assert.Equal(kept, ModesOf("set.csv").Distinct().Order());
        Assert.Equal(90, ModesOf("set.csv").Count);
        Assert.Null(document["weights_sha256"]);
        await ExpectEventAsync();

        var one = await DistGanProcess.RunAsync(_folder.Path, "generate", "mine", "--champions", "--distribution", $"{Middle}=1", "--count", "20", "--out", "one.png");
        Assert.True(one.ExitCode == 0, one.ToString());
        Assert.Contains($"mode {Middle}: 20 samples of replica 0", one.Out, StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Repeat(Middle, 20)], ModesOf("one.csv"));
        await ExpectRefusalAsync(4, "these modes have one", "generate", "mine", "--champions", "--distribution", "999=1", "--out", "no.png");
        await ExpectRefusalAsync(2, "--raw", "generate", "mine", "--champions", "--raw", "--out", "no.png");
        await ExpectRefusalAsync(2, "belongs to --champions", "generate", "mine", "--distribution", "real", "--out", "no.png");
        await ExpectRefusalAsync(2, "such as 0=1,3=2", "generate", "mine", "--champions", "--distribution", "even", "--out", "no.png");
    }

    [Fact]
    public async Task Evaluate_Champions_ScoresTheSetAndEachAlone()
    {
        await TrainAsync("techniques.mode-champions={}");
        var lines = File.ReadAllLines(_folder["mine/evaluation.jsonl"]).Length;

        var end = await DistGanProcess.RunAsync(_folder.Path, "evaluate", "mine", "--champions", "--samples", "200", "--draws", "2", "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        var document = JsonNode.Parse(end.Out)!;
        Assert.Equal(Kept().Count, (double)document["scores"]!["modes"]!["mean"]!);
        Assert.Equal(1, (double)document["scores"]!["high_quality"]!["mean"]!);
        Assert.Equal(Kept(), document["champions"]!.AsArray().Select(static champion => (int)champion!["mode"]!));
        Assert.All(document["champions"]!.AsArray(), static champion => Assert.True((double)champion!["alone"]!["high_quality"]! < 1));
        Assert.Equal(lines, File.ReadAllLines(_folder["mine/evaluation.jsonl"]).Length);
        var table = await DistGanProcess.RunAsync(_folder.Path, "evaluate", "mine", "--champions", "--samples", "200", "--draws", "1", "--quiet");
        Assert.Contains($"mode {Middle}: replica 0", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Champions_RunWithoutAny_IsRefusedWithWhatToDo()
    {
        await TrainAsync("techniques.mode-champions=false");

        await ExpectRefusalAsync(4, "techniques.mode-champions={}", "generate", "mine", "--champions", "--out", "no.png");
        await ExpectRefusalAsync(4, "keeps no champions", "evaluate", "mine", "--champions");
    }

    public void Dispose() => _folder.Dispose();

    private async Task TrainAsync(string setting)
    {
        var end = await DistGanProcess.RunAsync(_folder.Path, "train", TinyRecipes.Ring(_folder), "--quiet", "--run-dir", "mine", "--set", "data.name=grid", "--set", "evaluation.every-steps=20", "--set", setting);
        Assert.True(end.ExitCode == 0, end.ToString());
    }

    private List<int> Kept() => [.. JsonNode.Parse(File.ReadAllText(_folder["mine/champions/r0/champions.json"]))!["champions"]!.AsArray().Select(static champion => (int)champion!["mode"]!)];

    /// <summary>The mode of each line by hand: centres at {−4, −2, 0, 2, 4}², all within 3σ = 0.15.</summary>
    private List<int> ModesOf(string table) => [.. File.ReadLines(_folder[table]).Skip(1).Select(static line =>
    {
        var at = line.Split(',').Select(static number => double.Parse(number, CultureInfo.InvariantCulture) / 2).ToArray();
        Assert.InRange(Math.Sqrt(at.Sum(static c => Math.Pow(c - Math.Round(c), 2))), 0, 0.0751);
        return (int)(5 * (Math.Round(at[0]) + 2) + Math.Round(at[1]) + 2);
    })];

    private async Task ExpectEventAsync()
    {
        var events = (await File.ReadAllLinesAsync(_folder["mine/events.jsonl"])).Select(static line => JsonNode.Parse(line)!).ToList();
        var told = events.Where(static line => (string?)line["kind"] == "champion").ToList();
        Assert.Contains(told, static line => (double)line["data"]!["mode"]! == Middle && (double)line["data"]!["quality"]! > 0);
    }

    private async Task ExpectRefusalAsync(int exitCode, string text, params string[] arguments)
    {
        var end = await DistGanProcess.RunAsync(_folder.Path, arguments);
        Assert.True(end.ExitCode == exitCode && end.Error.Contains(text, StringComparison.Ordinal) && end.Out.Length == 0, end.ToString());
    }
}
