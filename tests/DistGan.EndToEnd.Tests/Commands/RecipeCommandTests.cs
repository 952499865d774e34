using System.Text.Json.Nodes;
using DistGan.EndToEnd.Tests.Processes;

namespace DistGan.EndToEnd.Tests.Commands;

public sealed class RecipeCommandTests
{
    [Fact]
    public async Task Presets_Schema_IsTheFileOfTheDocumentation()
    {
        var end = await RunAsync("presets", "schema");

        Assert.Equal(0, end.ExitCode);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)JsonNode.Parse(end.Out)!["$schema"]);
    }

    [Fact]
    public async Task Presets_Show_BeginsWithTheLineForEditors()
        => Assert.StartsWith("# yaml-language-server: $schema=recipe.schema.json\nschema: 1\n", (await RunAsync("presets", "show", "ring")).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Explain_WithoutAKey_ListsTheSections()
    {
        var end = await RunAsync("explain");

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("\n  techniques ", end.Out, StringComparison.Ordinal);
        Assert.Contains("\n  batch ", end.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("techniques.ema", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_TheKindOfAPart_ExplainsThePart()
        => Assert.Equal((await RunAsync("explain", "balance")).Out, (await RunAsync("explain", "balance.kind")).Out);

    [Fact]
    public async Task Explain_AKindOption_ShowsAnExampleThatWorks()
    {
        var end = await RunAsync("explain", "objective.penalty");

        Assert.Contains("objective.penalty (wgan-gp) = 10", end.Out, StringComparison.Ordinal);
        Assert.Contains("in a recipe: objective: { kind: wgan-gp, penalty: 20 }", end.Out, StringComparison.Ordinal);
        Assert.Contains("--set 'objective={ kind: wgan-gp, penalty: 20 }'", end.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_AsJson_HasKindsRelatedKeysAndAnExample()
    {
        var keys = JsonNode.Parse((await RunAsync("explain", "objective", "-o", "json")).Out)!["keys"]!.AsArray();

        var objective = keys[0]!;
        Assert.Contains(objective["kinds"]!.AsArray(), static kind => (string?)kind!["name"] == "wgan-gp" && kind["options"]!.AsArray().Count > 0);
        Assert.Contains(objective["related"]!.AsArray(), static related => (string?)related == "batch");
        Assert.StartsWith("objective: ", (string?)objective["example"], StringComparison.Ordinal);
    }

    private static Task<ProcessEnd> RunAsync(params string[] arguments) => DistGanProcess.RunAsync(Path.GetTempPath(), arguments);
}
