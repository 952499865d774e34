namespace DistGan.Recipes.Tests.Documents;

/// <summary>Recipes that the tables of results begin with.</summary>
public sealed class ProtocolTests
{
    private const string Folder = "docs/protocols";

    public static TheoryData<string> Protocols
        => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, Folder), "*.yaml").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Protocol_OfTheDocs_IsValidNamedAndPlain(string name)
    {
        var recipe = RecipeReader.Parse(File.ReadAllText(Path.Combine(Checkout.Root, Folder, $"{name}.yaml")));

        Assert.Empty(RecipeValidator.Validate(recipe));
        Assert.Empty(RecipeValidator.Warnings(recipe));
        Assert.Equal(name, recipe.Name);
        Assert.Equal(new() { Ema = recipe.Techniques.Ema }, recipe.Techniques);
    }
}
