using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Commands;

public sealed class CommandTests
{
    /// <summary>Presets whose data does not ship, and the data.</summary>
    private static readonly Dictionary<string, string> NotShipped = new() { ["stacked-mnist"] = "mnist", ["cifar"] = "cifar-10" };

    [Theory]
    [InlineData]
    [InlineData("stop")]
    [InlineData("data", "get")]
    public async Task Help_OfTheProgramAndItsCommands_HasExamples(params string[] command)
    {
        var end = await RunAsync([.. command, "--help"]);

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("Examples:", end.Out, StringComparison.Ordinal);
        Assert.Contains($"  distgan {string.Join(' ', command)}", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_IsPrinted()
    {
        var end = await RunAsync("--version");

        Assert.Equal(0, end.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", end.Out);
    }

    [Fact]
    public async Task Presets_Shown_AreValidRecipes()
    {
        var list = await RunAsync("presets", "-o", "json");
        var names = JsonNode.Parse(list.Out)!["presets"]!.AsArray().Select(static preset => (string)preset!["name"]!).ToList();

        Assert.Contains("fashion", names);
        using var folder = new TempFolder();
        foreach (var name in names)
        {
            var shown = await RunAsync("presets", "show", name);
            var checkedEnd = await RunAsync("validate", folder.Write($"{name}.yaml", shown.Out));
            if (NotShipped.TryGetValue(name, out var data))
            {
                Assert.True(checkedEnd.ExitCode == 2 && checkedEnd.Error.Contains($"run 'distgan data get {data}'", StringComparison.Ordinal), checkedEnd.ToString());
            }
            else
            {
                Assert.True(checkedEnd.ExitCode == 0, checkedEnd.ToString());
            }
        }
    }

    [Fact]
    public async Task Validate_BadRecipeAsJson_ListsEveryError()
    {
        using var folder = new TempFolder();
        var end = await RunAsync("validate", folder.Write("bad.yaml", "batch: 0\nseed: -1\n"), "-o", "json");

        Assert.Equal(2, end.ExitCode);
        var document = JsonNode.Parse(end.Out)!;
        Assert.False((bool)document["valid"]!);
        Assert.Equal(["batch", "seed"], document["errors"]!.AsArray().Select(static error => (string)error!["key"]!));
    }

    [Fact]
    public async Task Explain_AKey_SaysDefaultAndBounds()
    {
        var end = await RunAsync("explain", "batch");

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("batch = 64", end.Out, StringComparison.Ordinal);
        Assert.Contains("65536", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_AsJson_ChecksLibtorch()
    {
        var end = await RunAsync("doctor", "-o", "json");

        Assert.True(end.ExitCode == 0, end.ToString());
        var checks = JsonNode.Parse(end.Out)!["checks"]!.AsArray();
        Assert.Contains(checks, static check => (string?)check!["name"] == "libtorch" && (string?)check["status"] == "ok");
    }

    private static Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(Path.GetTempPath(), arguments);
}
