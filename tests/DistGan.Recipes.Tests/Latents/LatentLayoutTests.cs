using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Latents;

public sealed class LatentLayoutTests
{
    private static readonly LatentLayout Layout = new(2, 3, 1);

    [Theory]
    [InlineData("none", 0, 0)]
    [InlineData("cgan", 6, 0)]
    [InlineData("projection", 6, 0)]
    [InlineData("acgan", 6, 0)]
    [InlineData("infogan", 10, 2)]
    public void Of_ARecipe_HasItsLabelsOrCodes(string kind, int categories, int continuous)
    {
        var recipe = new Recipe { Latent = new() { Size = 5 }, Conditioning = RecipeKinds.Conditionings[kind]() };

        var layout = LatentLayout.Of(recipe, classes: 6);

        Assert.Equal(new LatentLayout(5, categories, continuous), layout);
        Assert.Equal((categories + continuous, 5 + categories + continuous), (layout.Code, layout.Width));
        Assert.Equal((kind is not "none" and not "infogan", kind != "none"), (recipe.Conditioning.UsesLabels, recipe.Conditioning.HasCode));
    }

    [Fact]
    public void Of_LabelsOfDataWithoutAny_IsRefused()
        => Assert.Contains("conditioning cgan needs the class of each sample", Assert.Throws<DistGanException>(static () => LatentLayout.Of(new() { Conditioning = new ConditionalGanRecipe() }, 0)).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_AChoice_OverwritesWhatIsChosen()
    {
        float[] row = [7, 8, 1, 0, 0, 0.5f];

        Layout.Write(row, new LatentChoice(0));
        Assert.Equal([7, 8, 1, 0, 0, 0.5f], row);

        Layout.Write(row, new LatentChoice(0) { Label = 2 });
        Assert.Equal([7, 8, 0, 0, 1, 0.5f], row);

        Layout.Write(row, new LatentChoice(0) { Continuous = [-0.25] });
        Assert.Equal([7, 8, 0, 0, 1, -0.25f], row);
        Assert.Equal(2, Layout.LabelOf(row));
    }

    [Fact]
    public void Write_WhatTheLayoutDoesNotHave_IsRefused()
    {
        var row = new float[Layout.Width];

        Assert.Contains("from 0 to 2", Assert.Throws<DistGanException>(() => Layout.Write(row, new LatentChoice(0) { Label = 3 })).Message, StringComparison.Ordinal);
        Assert.Contains("from 0 to 2", Assert.Throws<DistGanException>(() => Layout.Write(row, new LatentChoice(0) { Label = -1 })).Message, StringComparison.Ordinal);
        Assert.Contains("the generator has 1", Assert.Throws<DistGanException>(() => Layout.Write(row, new LatentChoice(0) { Continuous = [1, 2] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LabelOf_RowWithoutCategories_IsNone() => Assert.Null(new LatentLayout(2, 0, 1).LabelOf([1, 2, 3]));
}
