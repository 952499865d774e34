using DistGan.Client.Studies.Planning;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Studies.Planning;

public sealed class FurtherConfigurationsTests
{
    private static readonly StudyConfiguration Baseline = new() { Name = TechniquePlanner.Baseline, Overrides = [] };

    [Fact]
    public void Add_ANameAndOverrides_ComeBehindWhatIsPlanned()
    {
        var errors = new List<RecipeError>();

        var all = FurtherConfigurations.Add(["soft-r1:  techniques.r1.gamma=0.1   batch=64"], [Baseline], errors);

        Assert.Empty(errors);
        Assert.Equal(["baseline", "soft-r1"], all.Select(static one => one.Name));
        Assert.Equal(["techniques.r1.gamma=0.1", "batch=64"], all[1].Overrides);
    }

    [Theory]
    [InlineData("techniques.r1.gamma=0.1", "expected a name, a colon")]
    [InlineData("soft:", "expected a name, a colon")]
    [InlineData("soft: techniques.r1", "expected a name, a colon")]
    [InlineData("soft: =0.1", "expected a name, a colon")]
    [InlineData("Soft R1: batch=64", "write soft-r1")]
    [InlineData("baseline: batch=64", "a configuration of this name already")]
    public void Add_WhatCannotBeRead_IsAnErrorAndNoConfiguration(string text, string expected)
    {
        var errors = new List<RecipeError>();

        var all = FurtherConfigurations.Add([text], [Baseline], errors);

        Assert.Single(all);
        Assert.Contains(expected, Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_SeveralWrong_SaysAll()
    {
        var errors = new List<RecipeError>();

        FurtherConfigurations.Add(["a", "b: c", "d: batch=64", "d: batch=32"], [Baseline], errors);

        Assert.Equal(3, errors.Count);
    }
}
