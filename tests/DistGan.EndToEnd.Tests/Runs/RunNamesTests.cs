using DistGan.Client.Runs;
using DistGan.Recipes;

namespace DistGan.EndToEnd.Tests.Runs;

public sealed class RunNamesTests
{
    [Theory]
    [InlineData("photos", "photos")]
    [InlineData("/somewhere/My Photos (2024)/", "my-photos-2024")]
    [InlineData("v1.5 cats", "v1-5-cats")]
    [InlineData("写真", "fashion")]
    public void OfData_FolderWithoutAName_NamesTheRunAfterIt(string folder, string expected)
        => Assert.Equal(expected, RunNames.OfData(new Recipe { Data = new() { Name = null, Folder = folder } }, [$"data.folder={folder}"], isNamed: false).Name);

    [Fact]
    public void OfData_IdxWithoutAName_TakesTheNameOfTheFile()
        => Assert.Equal("my-digits", RunNames.OfData(new Recipe { Data = new() { Name = null, Idx = "data/My_Digits.idx3.gz" } }, [], isNamed: false).Name);

    [Theory]
    [InlineData(true, "seed=1")]
    [InlineData(false, "name=fashion")]
    public void OfData_WithAName_KeepsIt(bool isNamed, string assignment)
        => Assert.Equal("fashion", RunNames.OfData(new Recipe { Data = new() { Name = null, Folder = "photos" } }, [assignment], isNamed).Name);

    [Fact]
    public void Slug_LongText_FitsAName() => Assert.Equal(63, RunNames.Slug(new string('a', 80)).Length);
}
