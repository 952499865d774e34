using DistGan.Recipes;

namespace DistGan.Recipes.Tests;

public sealed class PresetsTests
{
    public static TheoryData<string> Names => [.. Presets.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Make_EveryPreset_IsValidNamedAndWithoutWarnings(string name)
    {
        var recipe = Presets.All[name]();

        Assert.Empty(RecipeValidator.Validate(recipe));
        Assert.Empty(RecipeValidator.Warnings(recipe));
        Assert.Equal(name, recipe.Name);
        Assert.Equal(recipe, RecipeReader.Parse(RecipeWriter.ToYaml(recipe)));
    }

    [Fact]
    public void List_Descriptions_AreOneLine()
        => Assert.All(Presets.List, preset => Assert.Matches(@"^[^\n]{10,120}\.$", preset.Description));

    [Fact]
    public void Get_UnknownName_NamesTheNearest()
    {
        var refused = Assert.Throws<DistGanException>(() => Presets.Get("fashon"));

        Assert.Equal("There is no preset 'fashon': it must be one of fashion, fashion-best, fashion-wgan-gp, fashion-conditional, ring, ring-unrolled, grid, grid-pac, stacked-mnist, cifar; did you mean 'fashion'?", refused.Message);
    }

    [Fact]
    public void Default_Name_IsAPreset() => Assert.Equal("fashion", Presets.Get(Presets.Default).Name);
}
