using DistGan.Client.Studies.Planning;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Studies.Planning;

public sealed class SeedListTests
{
    [Theory]
    [InlineData("1..5", new long[] { 1, 2, 3, 4, 5 })]
    [InlineData("1,2,3", new long[] { 1, 2, 3 })]
    [InlineData("7, 1..3", new long[] { 7, 1, 2, 3 })]
    [InlineData("0", new long[] { 0 })]
    [InlineData("4..4", new long[] { 4 })]
    public void Parse_WhatIsWritten_GivesTheSeedsInThatOrder(string text, long[] expected)
    {
        var errors = new List<RecipeError>();

        Assert.Equal(expected, SeedList.Parse("--seeds", text, errors));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5..1")]
    [InlineData("1...3")]
    [InlineData("1..2..3")]
    [InlineData("-1")]
    [InlineData("a")]
    [InlineData("1,,2")]
    [InlineData("1,2,1..3")]
    [InlineData("1..5000")]
    [InlineData("9223372036854775807")]
    public void Parse_WhatMeansNothing_IsOneErrorThatNamesTheOption(string text)
    {
        var errors = new List<RecipeError>();

        Assert.Empty(SeedList.Parse("--seeds", text, errors));
        Assert.Equal("--seeds", Assert.Single(errors).Key);
    }
}
