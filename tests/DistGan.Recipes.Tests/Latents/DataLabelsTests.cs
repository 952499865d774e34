using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Latents;

public sealed class DataLabelsTests
{
    private static readonly DataLabels Labels = new([1, 0, 3], ["shirt", "bag", "2nd boot"]);

    [Fact]
    public void Draw_ManyTimes_IsAsOftenAsTheCounts()
    {
        var random = new Random(1);
        var drawn = Enumerable.Range(0, 4000).Select(_ => Labels.Draw(random)).ToList();

        Assert.DoesNotContain(1, drawn);
        Assert.Equal(0.25, drawn.Count(static label => label == 0) / 4000.0, 0.03);
    }

    [Theory]
    [InlineData("bag", 1)]
    [InlineData("BAG", 1)]
    [InlineData("2", 2)]
    [InlineData("2nd boot", 2)]
    public void Find_NameOrNumber_IsTheClass(string text, int expected) => Assert.Equal(expected, Labels.Find(text));

    [Theory]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("boot")]
    public void Find_WhatIsNot_SaysWhatThereIs(string text)
        => Assert.Equal($"There is no class '{text}': give a number from 0 to 2, or one of shirt, bag, 2nd boot.", Assert.Throws<DistGanException>(() => Labels.Find(text)).Message);

    [Fact]
    public void NameOf_ClassWithoutAName_IsItsNumber() => Assert.Equal(("bag", "1"), (Labels.NameOf(1), new DataLabels([1, 1], []).NameOf(1)));
}
