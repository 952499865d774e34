using DistGan.Client.Reports.Plots;

namespace DistGan.EndToEnd.Tests.Reports.Plots;

public sealed class PathTextTests
{
    private static readonly Scale Same = new(0, 10, 0, 10, false);

    [Fact]
    public void Of_Points_IsOneLine() => Assert.Equal("M0 1L1 2.5L2 0", PathText.Of([new(0, 1), new(1, 2.5), new(2, 0)], Same, Same));

    [Fact]
    public void Of_ANullBetween_EndsALineAndBeginsAnother()
        => Assert.Equal("M0 1L1 1M3 2L4 2", PathText.Of([new(0, 1), new(1, 1), new(2, null), new(3, 2), new(4, 2)], Same, Same));

    [Fact]
    public void Of_APointBetweenGaps_IsADot()
        => Assert.Equal("M1 1h0M3 2h0", PathText.Of([new(0, null), new(1, 1), new(2, double.NaN), new(3, 2)], Same, Same));

    [Fact]
    public void Of_Nothing_IsEmpty() => Assert.Equal("", PathText.Of([], Same, Same));
}
