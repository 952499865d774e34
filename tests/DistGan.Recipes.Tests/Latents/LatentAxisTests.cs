using DistGan.Recipes;

namespace DistGan.Recipes.Tests.Latents;

public sealed class LatentAxisTests
{
    private static readonly LatentLayout Layout = new(Noise: 3, Categories: 4, Continuous: 2);
    private static readonly LatentRecipe Normal = new() { Size = 3 };

    [Theory]
    [InlineData("z1", 0, -2, 2)]
    [InlineData("z3", 2, -2, 2)]
    [InlineData("c1", 7, -1, 1)]
    [InlineData("c2", 8, -1, 1)]
    [InlineData("y", 3, 0, 3)]
    public void Parse_AName_IsItsPlaceAndUsualRange(string name, int start, double from, double to)
    {
        var axis = Assert.Single(LatentAxis.Parse(name, Layout, Normal));

        Assert.Equal((name, start, from, to), (axis.Name, axis.Start, axis.From, axis.To));
    }

    [Fact]
    public void Parse_UniformNoise_StaysWhereItIsDrawn()
    {
        var axis = Assert.Single(LatentAxis.Parse("z2", Layout, Normal with { Distribution = "uniform" }));

        Assert.Equal((-1, 1), (axis.From, axis.To));
    }

    [Fact]
    public void Parse_NamesAndRanges_KeepsTheirOrder()
        => Assert.Equal(["c2", "z2", "z3", "y"], LatentAxis.Parse("c2, z2..z3, y", Layout, Normal).Select(static axis => axis.Name));

    [Theory]
    [InlineData("z0", "'z0' is nothing that can be varied here: this generator has z1 to z3, y, the label, c1 to c2.")]
    [InlineData("z4", "z1 to z3")]
    [InlineData("z2..z4", "'z2..z4'")]
    [InlineData("z3..z1", "'z3..z1'")]
    [InlineData("z1..c2", "'z1..c2'")]
    [InlineData("z1..z2..z3", "'z1..z2..z3'")]
    [InlineData("c3", "c1 to c2")]
    [InlineData("y1", "y, the label")]
    [InlineData("", "''")]
    [InlineData("z1,", "''")]
    [InlineData("z-1", "'z-1'")]
    [InlineData("z1,z1..z2", "z1 is named twice")]
    public void Parse_WhatTheGeneratorLacks_IsRefusedWithWhatItHas(string text, string expected)
        => Assert.Contains(expected, Assert.Throws<DistGanException>(() => LatentAxis.Parse(text, Layout, Normal)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("y")]
    [InlineData("c1")]
    public void Parse_ACodeOfAGeneratorWithNoiseAlone_IsRefused(string name)
        => Assert.EndsWith("this generator has z1 to z3.", Assert.Throws<DistGanException>(() => LatentAxis.Parse(name, new(3, 0, 0), Normal)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("z2", 0.25, new[] { 9f, -1, 9, 0, 1, 0, 0, 9, 9 })]
    [InlineData("c2", 1, new[] { 9f, 9, 9, 0, 1, 0, 0, 9, 1 })]
    [InlineData("y", 0, new[] { 9f, 9, 9, 1, 0, 0, 0, 9, 9 })]
    [InlineData("y", 0.6, new[] { 9f, 9, 9, 0, 0, 1, 0, 9, 9 })]
    [InlineData("y", 1, new[] { 9f, 9, 9, 0, 0, 0, 1, 9, 9 })]
    public void Write_PartOfTheWay_ChangesThatAlone(string name, double t, float[] expected)
    {
        float[] row = [9, 9, 9, 0, 1, 0, 0, 9, 9];

        LatentAxis.Parse(name, Layout, Normal)[0].Write(row, t);

        Assert.Equal(expected, row);
    }
}
