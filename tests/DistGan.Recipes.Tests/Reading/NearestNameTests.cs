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
    [InlineData("smooth", "label-smoothing")] // a part begins with it
    [InlineData("exp", "experience-replay")]
    [InlineData("ex", null)] // too short to tell
    [InlineData("moothing", null)] // inside a part
    public void Of_Word_IsTheNearestWithinAThird(string word, string? expected) => Assert.Equal(expected, NearestName.Of(word, Names));

    [Fact]
    public void Of_TwoEquallyNear_IsTheFirst() => Assert.Equal("rate", NearestName.Of("rat", ["rate", "rats"]));

    [Theory]
    [InlineData("wgan", "wasserstein")]
    [InlineData("WGAN", "wasserstein")]
    [InlineData("lsgan", "least-squares")]
    [InlineData("vanilla", "non-saturating")]
    public void Of_NameOfAPaper_IsTheObjectiveOfIt(string word, string expected) => Assert.Equal(expected, NearestName.Of(word, RecipeKinds.Objectives.Keys));

    [Fact]
    public void Of_NameOfAPaperThatIsNotAmongTheNames_IsNull() => Assert.Null(NearestName.Of("pacgan", RecipeKinds.Objectives.Keys));

    [Fact]
    public void Of_NoNames_IsNull() => Assert.Null(NearestName.Of("a", []));
}
