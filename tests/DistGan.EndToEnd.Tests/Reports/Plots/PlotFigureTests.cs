using System.Xml.Linq;
using DistGan.Client.Reports.Plots;

namespace DistGan.EndToEnd.Tests.Reports.Plots;

public sealed class PlotFigureTests
{
    [Fact]
    public void Draw_TwoLines_HasAxesLegendAndWords()
    {
        var figure = Draw(new Plot { Title = "Losses & more", Series = [Line("<D>", 0, 1, 2), Line("G", 1, 3, null)] });

        Assert.Equal("Losses & more", figure.Element("figcaption")!.Value);
        Assert.Equal(["<D>", "G"], figure.Descendants("li").Select(static item => item.Value));
        Assert.Equal("Losses & more over step: <D> ends at 2.000 at 100; G ends at 3.000 at 0.", (string?)figure.Element("svg")!.Attribute("aria-label"));
        Assert.Equal(2, figure.Descendants("path").Count());
        Assert.Equal(["0", "20", "40", "60", "80", "100", "step", "1", "1.5", "2", "2.5", "3"], figure.Descendants("text").Select(static text => text.Value));
    }

    [Fact]
    public void Draw_AnyLine_StaysInsideThePicture()
    {
        var figure = Draw(new Plot { Title = "test", Series = [Line("line", 0, -5, 1e6, 3, null, 1e-9)] });

        var positions = figure.Descendants("circle").Select(static circle => ((double)circle.Attribute("cx")!, (double)circle.Attribute("cy")!)).ToList();
        Assert.Equal(4, positions.Count);
        Assert.All(positions, static at => Assert.True(at is { Item1: >= 0 and <= 400, Item2: >= 0 and <= 230 }, $"{at}"));
    }

    [Fact]
    public void Draw_MoreLinesThanColours_DashesTheFurtherOnes()
    {
        var figure = Draw(new Plot { Title = "test", Series = [Line("first", 0, 1), Line("ninth", PlotFigure.Colors, 2)] });

        Assert.Equal(["c0", "c0 dashed"], figure.Descendants("g").Select(static group => (string)group.Attribute("class")!).Where(static name => name != "axis"));
    }

    [Fact]
    public void Draw_WithoutValues_IsStillAPicture()
    {
        var figure = Draw(new Plot { Title = "test", Series = [Line("nothing", 0, null, null)] });

        Assert.Contains("nothing has no values", (string?)figure.Element("svg")!.Attribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal("", (string?)figure.Descendants("path").Single().Attribute("d"));
    }

    private static XElement Draw(Plot plot) => XElement.Parse(PlotFigure.Draw(plot).ToString());

    private static PlotSeries Line(string name, int color, params double?[] values)
        => new(name, color, [.. values.Select(static (value, i) => new PlotPoint(i * 100, value))]);
}
