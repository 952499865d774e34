using DistGan.Client.Studies.Planning;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Studies.Planning;

public sealed class TechniquePlannerTests
{
    private static readonly Recipe Bare = new() { Techniques = new() };

    [Fact]
    public void Plan_ARecipeWithoutTechniques_AddsEachAlone()
    {
        var errors = new List<RecipeError>();

        var (configurations, skipped) = TechniquePlanner.Plan(Bare, [], [], errors);

        Assert.Empty(errors);
        Assert.Equal(["baseline", .. TechniquePlanner.Names.Except(skipped.Select(static one => one.Name))], configurations.Select(static one => one.Name));
        Assert.Contains("ema", TechniquePlanner.Names);
        Assert.Equal(["techniques.ema={}"], configurations.Single(static one => one.Name == "ema").Overrides);
    }

    [Fact]
    public void Plan_WhatValidationRefusesAndWhatIsOn_IsLeftOutWithAReason()
    {
        var errors = new List<RecipeError>();
        var recipe = Bare with { Objective = new WassersteinGradientPenaltyRecipe(), Techniques = new() { Ema = new() } };

        var (configurations, skipped) = TechniquePlanner.Plan(recipe, [], [], errors);

        Assert.Empty(errors);
        Assert.DoesNotContain(configurations, static one => one.Name is "ema" or "label-smoothing");
        Assert.Contains("already", skipped.Single(static one => one.Name == "ema").Reason, StringComparison.Ordinal);
        Assert.Contains("wgan-gp", skipped.Single(static one => one.Name == "label-smoothing").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_OnlyAndWithout_ChooseAndRefuseWhatThereIsNot()
    {
        var errors = new List<RecipeError>();

        var (configurations, _) = TechniquePlanner.Plan(Bare with { Objective = new HingeRecipe() }, ["ema", "label-smoothing", "emo"], ["experience-repley"], errors);

        Assert.Equal(["baseline", "ema"], configurations.Select(static one => one.Name));
        Assert.Equal(["--only", "--without", "--only label-smoothing"], errors.Select(static error => error.Key));
        Assert.Contains("did you mean 'ema'", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllOff_LaidOverAPreset_LeavesNoTechnique()
        => Assert.Equal(new TechniquesRecipe(), RecipeReader.Apply(Presets.Get("fashion").Make(), TechniquePlanner.AllOff()).Techniques);
}
