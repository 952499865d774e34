using DistGan.Client.Reports.Plots;

namespace DistGan.EndToEnd.Tests.Reports.Plots;

public sealed class DecimationTests
{
    [Fact]
    public void Thin_AShortLine_IsTheSame()
    {
        var points = Line(Decimation.MostPoints, static x => x);

        Assert.Same(points, Decimation.Thin(points));
    }

    [Fact]
    public void Thin_ALongLine_KeepsEndsPeaksAndOrder()
    {
        var points = Line(50_000, static x => x switch { 31_234 => 1000, 4_321 => -1000, _ => Math.Sin(x) });

        var thin = Decimation.Thin(points);

        Assert.True(thin.Count <= Decimation.MostPoints, $"{thin.Count} points");
        Assert.Equal((points[0], points[^1]), (thin[0], thin[^1]));
        Assert.Contains(points[31_234], thin);
        Assert.Contains(points[4_321], thin);
        Assert.True(thin.Zip(thin.Skip(1)).All(static pair => pair.First.X < pair.Second.X), "the order of x is lost");
    }

    [Fact]
    public void Thin_ALongLineWithAGap_KeepsTheGap()
    {
        var thin = Decimation.Thin(Line(10_000, static x => x == 5_000 ? null : 1));

        Assert.Equal(5_000, Assert.Single(thin, static point => point.Y is null).X);
    }

    [Fact]
    public void Thin_ALongLineOfNothing_StaysNothing() => Assert.All(Decimation.Thin(Line(10_000, static _ => null)), static point => Assert.Null(point.Y));

    private static List<PlotPoint> Line(int count, Func<int, double?> value) => [.. Enumerable.Range(0, count).Select(x => new PlotPoint(x, value(x)))];
}
