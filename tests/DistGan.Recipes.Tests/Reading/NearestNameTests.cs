using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Reading;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["label-smoothing", "experience-replay", "ema", "fid"];

    [Theory]
    [InlineData("label-smothing", "label-smoothing")] // one missing
    [InlineData("label_smoothing", "label-smoothing")] // underscore
    [InlineData("Label-Smoothing", "label-smoothing")] // case
    [InlineData("experience-relpay", "experience-replay")] // neighbours swapped
    [InlineData("eam", "ema")] // a swap is one change
    [InlineData("fed", "fid")]
    [InlineData("ema", "ema")]
    [InlineData("foo", null)]
    [InlineData("", null)]
    [InlineData("smooth", null)]
    public void Of_Word_IsTheNearestWithinAThird(string word, string? expected) => Assert.Equal(expected, NearestName.Of(word, Names));

    [Fact]
    public void Of_TwoEquallyNear_IsTheFirst() => Assert.Equal("rate", NearestName.Of("rat", ["rate", "rats"]));

    [Fact]
    public void Of_NoNames_IsNull() => Assert.Null(NearestName.Of("a", []));
}
