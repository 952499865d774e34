using System.Text;

namespace DistGan.Recipes.Tests.Reading;

public sealed class JsonRecipeTests
{
    public static TheoryData<string> PresetNames => [.. DistGan.Recipes.Presets.All.Keys];

    [Theory]
    [MemberData(nameof(PresetNames))]
    public void Preset_ThroughYamlAndJson_StaysTheSame(string name)
    {
        var recipe = DistGan.Recipes.Presets.Get(name).Make();
        var yaml = RecipeWriter.ToYaml(recipe);
        var json = RecipeJson.Serialize(recipe);

        Assert.Equal(recipe, RecipeReader.Parse(yaml));
        Assert.Equal(yaml, RecipeWriter.ToYaml(RecipeReader.Parse(yaml)));
        Assert.Equal(recipe, RecipeReader.Parse(Encoding.UTF8.GetString(json)));
        Assert.Equal(json, RecipeJson.Serialize(RecipeReader.Parse(Encoding.UTF8.GetString(json), "mine.json")));
        Assert.Equal(recipe, RecipeReader.Parse($"{RecipeSchema.EditorLine}\n{yaml}"));
    }

    [Fact]
    public void Parse_JsonWithTabsAndEscapes_IsRead()
    {
        var recipe = RecipeReader.Parse("{\n\t\"data\": {\n\t\t\"idx\": \"\\ud83d\\ude00\\/a\"\n\t}\n}");

        Assert.Equal("\U0001F600/a", recipe.Data.Idx);
        Assert.Null(recipe.Data.Name);
    }

    [Fact]
    public void Parse_JsonWithErrors_NamesTheirLines()
    {
        var errors = Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse("{\n  \"bach\": 1,\n  \"generator\": {\n    \"width\": 0 },\n  \"seed\": 1, \"seed\": 2\n}")).Errors;

        Assert.Equal([("bach", 2), ("generator.width", 4), ("seed", 5)], errors.Select(static error => (error.Key, error.Line)));
    }

    [Theory]
    [InlineData("{\n \"batch\": 64,\n}", 3)]
    [InlineData("{ batch: 64 }", 1)]
    [InlineData("{\"batch\":64} 5", 1)]
    public void Parse_BrokenTextOfAJsonFile_IsRefusedAsJson(string text, int line)
    {
        var error = Assert.Single(Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse(text, "mine.json")).Errors);

        Assert.StartsWith("not valid JSON: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Parse_FlowYaml_IsStillYaml() => Assert.Equal(32, RecipeReader.Parse("{ batch: 32, name: tiny }").Batch);

    [Fact]
    public void Parse_HalfASurrogate_IsRefused()
        => Assert.Contains("not valid JSON", Assert.Single(Assert.Throws<InvalidRecipeException>(() => RecipeReader.Parse("{\"name\":\"\\ud83d\"}", "mine.json")).Errors).Message, StringComparison.Ordinal);
}
