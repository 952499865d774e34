namespace DistGan.Recipes.Tests.Combinations;

public sealed class CombinationTests
{
    private static readonly Choice Energies = new("objective", "ebgan");

    [Fact]
    public void Of_OneChoice_SetsWhatItAsksFor()
    {
        var combination = Combination.Of(new(), Energies);

        Assert.True(combination.IsAllowed);
        Assert.Equal(["discriminator.network=autoencoder"], combination.Adjustments);
        Assert.Equal(("ebgan", "autoencoder"), (combination.Recipe.Objective.Kind, combination.Recipe.Discriminator.Network));
        Assert.Equal("objective: ebgan", combination.Name);
    }

    [Fact]
    public void Of_WhatIsAllowedAsItIs_ChangesNothingElse()
    {
        var combination = Combination.Of(new(), new Choice("techniques.packing", Choice.On), new Choice("objective", "hinge"));

        Assert.True(combination.IsAllowed);
        Assert.Empty(combination.Adjustments);
        Assert.Equal(new Recipe { Objective = new HingeRecipe(), Techniques = new() { Packing = new() } }, combination.Recipe);
        Assert.Equal("objective: hinge + techniques.packing", combination.Name);
    }

    [Fact]
    public void Of_WhatNothingAllows_SaysWhyForThePairAlone()
    {
        var combination = Combination.Of(new(), Energies, new Choice("techniques.minibatch-discrimination", Choice.On));

        Assert.False(combination.IsAllowed);
        Assert.Equal("techniques.minibatch-discrimination", Assert.Single(combination.Errors).Key);
    }

    [Fact]
    public void Of_ChoicesThatExcludeEachOther_ChangesNeither()
    {
        var combination = Combination.Of(new(), Energies, new Choice("discriminator.network", "mlp"));

        Assert.Equal(("ebgan", "mlp"), (combination.Recipe.Objective.Kind, combination.Recipe.Discriminator.Network));
        Assert.Equal("discriminator.network", Assert.Single(combination.Errors).Key);
    }

    [Fact]
    public void All_OfTheCatalogs_AreEveryKindAndEveryTechnique()
    {
        Assert.Superset(RecipeKinds.Objectives.Keys.ToHashSet(), Choices.Of("objective").Select(static choice => choice.Value).ToHashSet());
        Assert.Equal(
            typeof(TechniquesRecipe).GetProperties().Select(static property => property.Name.ToLowerInvariant()).Order(),
            Choices.Of("techniques").Select(static choice => choice.Key["techniques.".Length..].Replace("-", "", StringComparison.Ordinal)).Order());
        Assert.All(Choices.All, static choice => Assert.True(Combination.Of(new(), choice).IsAllowed, choice.Assignment));
        Assert.Distinct(Choices.All.Select(static choice => choice.Assignment));
    }

    [Fact]
    public void Pairs_OfChoices_HaveDifferentKeysAndComeOnce()
    {
        Choice[] choices = [new("objective", "hinge"), Energies, new("techniques.packing", Choice.On), new("techniques.ema", Choice.On)];

        Assert.Equal(
            ["objective: hinge + techniques.packing", "objective: hinge + techniques.ema", "objective: ebgan + techniques.packing", "objective: ebgan + techniques.ema", "techniques.packing + techniques.ema"],
            Combination.Pairs(choices).Select(static pair => $"{pair.First} + {pair.Second}"));
    }
}
