using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Reading;

public sealed class AttentionTests
{
    [Theory]
    [InlineData("[14, 7]", "14,7")]
    [InlineData("14", "14")]
    [InlineData("null", null)]
    public void Parse_Sizes_ReadsBackEqual(string text, string? sizes)
    {
        var recipe = RecipeReader.Parse($"generator:\n  attention: {text}\n");

        Assert.Equal(sizes, recipe.Generator.Attention is { } attention ? string.Join(',', attention) : null);
        Assert.Equal(sizes?.Split(',').Select(int.Parse) ?? [], recipe.Generator.AttentionSizes);
        Assert.Equal(recipe, RecipeReader.Parse(RecipeWriter.ToYaml(recipe)));
        Assert.Equal(recipe, RecipeJson.Deserialize(RecipeJson.Serialize(recipe)));
        Assert.Equal(recipe.GetHashCode(), RecipeReader.Parse(RecipeWriter.ToYaml(recipe)).GetHashCode());
    }

    [Fact]
    public void Equals_OtherSizes_IsFalse()
    {
        Assert.NotEqual(new PlayerRecipe { Attention = ["7"] }, new PlayerRecipe { Attention = ["14"] });
        Assert.NotEqual(new PlayerRecipe { Attention = ["7"] }, new PlayerRecipe());
        Assert.Equal(new PlayerRecipe { Attention = ["7"] }, new PlayerRecipe { Attention = ["7"] });
    }
}
