namespace DistGan.Recipes.Tests.Documents;

public sealed class DocumentsTests
{
    private const string WriteVariable = "WRITE_DOCS";
    private const string Command = $"{WriteVariable}=1 ./test.sh --filter DocumentsTests Recipes";

    private static readonly Dictionary<string, Func<string>> Made = new()
    {
        ["docs/recipe.schema.json"] = RecipeSchema.ToJson,
        ["docs/recipes.md"] = RecipeReference.ToMarkdown,
        ["docs/combinations.md"] = CombinationReference.ToMarkdown,
    };

    [Theory]
    [InlineData("docs/recipe.schema.json")]
    [InlineData("docs/recipes.md")]
    [InlineData("docs/combinations.md")]
    public void Document_MadeFromTheCode_IsCurrent(string file)
    {
        var path = Path.Combine(Checkout.Root, file);
        var expected = Made[file]();
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
        {
            File.WriteAllText(path, expected);
        }

        var actual = File.Exists(path) ? File.ReadAllText(path) : "";

        Assert.True(actual == expected, $"{file} is not what the code says; write it with: {Command}");
    }

    [Fact]
    public void Reference_OfEveryKey_HasItsTableRow()
    {
        var page = RecipeReference.ToMarkdown();

        Assert.All(
            RecipeKeys.All.Where(static key => key.Type is not ("mapping" or "kind")),
            key => Assert.Contains($"| `{key.Path}`{(key.OfKind is null ? "" : $" (kind {key.OfKind})")} | {key.Type} |", page, StringComparison.Ordinal));
        Assert.All(RecipeKeys.All.Where(static key => key.Type is "mapping" or "kind"), key => Assert.Contains($"# {key.Path}\n", page, StringComparison.Ordinal));
        Assert.All(RecipeKinds.Objectives.Keys, kind => Assert.Contains($"| `{kind}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Reference_OfNames_SaysUnitAndMeaning()
    {
        var page = RecipeReference.ToMarkdown();

        Assert.Contains("| `replay_age_steps` | steps | Mean age of the images that were replayed in the round. |", page, StringComparison.Ordinal);
        Assert.Contains("| `rolled-back` | A replica went back", page, StringComparison.Ordinal);
        Assert.Equal(("", "New score."), NameMeanings.OfMetric("new_score"));
    }
}
