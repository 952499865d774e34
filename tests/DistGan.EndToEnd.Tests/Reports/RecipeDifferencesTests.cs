using DistGan.Client.Reports;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Reports;

public sealed class RecipeDifferencesTests
{
    [Fact]
    public void Of_EqualRecipesWithOtherNames_IsNothing()
        => Assert.Empty(RecipeDifferences.Of([new Recipe { Name = "a" }, new Recipe { Name = "b" }]));

    [Fact]
    public void Of_ValuesListsAndParts_NamesEachKeyOnceInTheOrderOfTheRecipe()
    {
        var first = RecipeReader.Parse("batch: 32\ntechniques: { ema: { decay: 0.5 } }\nevaluation: { metrics: [fid] }");
        var second = RecipeReader.Parse("objective: wgan-gp\nbatch: 64\ntechniques: { ema: null }\nevaluation: { metrics: [modes] }\ndata: { name: ring }\ngenerator: { network: mlp }\ndiscriminator: { network: mlp }");

        var rows = RecipeDifferences.Of([first, second]);

        var keys = rows.Select(static row => row.Key).ToList();
        Assert.Equal(keys.Distinct(), keys);
        Assert.Equal(["32", "64"], rows.Single(static row => row.Key == "batch").Values);
        Assert.Equal(["0.5", null], rows.Single(static row => row.Key == "techniques.ema.decay").Values);
        Assert.Equal(["[fid]", "[modes]"], rows.Single(static row => row.Key == "evaluation.metrics").Values);
        Assert.True(keys.IndexOf("objective.kind") < keys.IndexOf("batch"), string.Join(", ", keys));
        Assert.DoesNotContain("techniques.ema", keys);
    }

    [Fact]
    public void Of_ARecipeThatCannotBeRead_IsMissingEverywhere()
        => Assert.Contains(RecipeDifferences.Of([new Recipe(), null]), static row => row is { Key: "batch", Values: ["64", null] });

    [Fact]
    public void Shown_LongValues_AreCutUnlessTheyThenLookAlike()
    {
        var (one, other) = (new string('a', 64), new string('b', 64));

        Assert.Equal(["aaaaaaaaaaaa…", "bbbbbbbbbbbb…", null], new RecipeDifference("hash", [one, other, null]).Shown);
        Assert.Equal([one + "1", one + "2"], new RecipeDifference("path", [one + "1", one + "2"]).Shown);
    }
}
