using DistGan.Client.Reports.Plots;

namespace DistGan.EndToEnd.Tests.Reports.Plots;

public sealed class ScaleTests
{
    [Fact]
    public void Position_OnALinearAxis_IsProportional()
    {
        var scale = new Scale(10, 20, 200, 100, false);

        Assert.Equal(200, scale.Position(10));
        Assert.Equal(150, scale.Position(15));
        Assert.Equal(100, scale.Position(20));
    }

    [Fact]
    public void Position_OnALogarithmicAxis_GivesEqualFactorsEqualLengths()
    {
        var scale = new Scale(1, 100, 0, 200, true);

        Assert.Equal(100, scale.Position(10)!.Value, 1e-9);
        Assert.Null(scale.Position(0));
        Assert.Null(scale.Position(-1));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    public void Position_OfWhatCannotBeDrawn_IsNone(double value) => Assert.Null(new Scale(0, 1, 0, 1, false).Position(value));

    [Fact]
    public void Vertical_OfValues_EndsAtTicksAroundThem()
    {
        var scale = Scale.Vertical(PlotOf(0.13, 0.87), 0, 1);

        Assert.Equal((0, 1.0, false), (scale.Low, scale.High, scale.IsLog));
    }

    [Fact]
    public void Vertical_OfAConstant_HasALength()
    {
        Assert.Equal((-1, 1), Ends(Scale.Vertical(PlotOf(0, 0), 0, 1)));
        Assert.Equal((0, 1), Ends(Scale.Vertical(PlotOf(0, 0) with { Low = 0 }, 0, 1)));
        var scale = Scale.Vertical(PlotOf(7, 7), 0, 1);
        Assert.True(scale.Low < 7 && scale.High > 7);
    }

    [Fact]
    public void Vertical_OfPositiveValuesAFactorOfFiftyApart_IsLogarithmicWhereItMay()
    {
        var values = PlotOf(0.03, 7);

        Assert.False(Scale.Vertical(values, 0, 1).IsLog);
        var scale = Scale.Vertical(values with { MayBeLog = true }, 0, 1);
        Assert.True(scale.IsLog);
        Assert.Equal(0.02, scale.Low, 1e-12);
        Assert.Equal(10, scale.High, 1e-12);
        Assert.False(Scale.Vertical(PlotOf(-1, 70) with { MayBeLog = true }, 0, 1).IsLog);
    }

    [Fact]
    public void Vertical_WithFixedBounds_HoldsThemAndWhatIsBeyond()
    {
        Assert.Equal((0, 1), Ends(Scale.Vertical(PlotOf(0.4, 0.5) with { Low = 0, High = 1 }, 0, 1)));
        Assert.Equal((0, 2), Ends(Scale.Vertical(PlotOf(0.4, 1.7) with { Low = 0, High = 1 }, 0, 1)));
    }

    [Fact]
    public void Axes_WithoutAnyValue_AreThere()
    {
        var empty = new Plot { Title = "empty", Series = [] };

        Assert.Equal((0, 1), Ends(Scale.Vertical(empty, 0, 1)));
        Assert.Equal((0, 1), Ends(Scale.Horizontal(empty, 0, 1)));
    }

    private static (double, double) Ends(Scale scale) => (scale.Low, scale.High);

    private static Plot PlotOf(params double[] values)
        => new() { Title = "test", Series = [new("line", 0, [.. values.Select(static (value, x) => new PlotPoint(x, value))])] };
}
