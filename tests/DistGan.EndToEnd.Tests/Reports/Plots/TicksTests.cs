using DistGan.Client.Reports.Plots;

namespace DistGan.EndToEnd.Tests.Reports.Plots;

public sealed class TicksTests
{
    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(10, 2)]
    [InlineData(11, 5)]
    [InlineData(26, 10)]
    [InlineData(3000, 1000)]
    [InlineData(0.003, 0.001)]
    public void Step_OfALength_IsTheLeast125ThatGivesAtMostFiveParts(double length, double step) => Assert.Equal(step, Ticks.Step(length), 1e-12);

    [Fact]
    public void Of_ALinearAxis_AreMultiplesWithoutNoise()
    {
        double[] expected = [0, 0.2, 0.4, 0.6, 0.8, 1];
        Assert.Equal(expected, Ticks.Of(new Scale(0, 1, 0, 100, false)));
    }

    [Fact]
    public void Of_AnAxisThroughZero_HasZeroItself()
    {
        double[] expected = [-2, -1, 0, 1];
        Assert.Equal(expected, Ticks.Of(new Scale(-2.5, 1.9, 0, 100, false)));
    }

    [Fact]
    public void Of_AShortLogarithmicAxis_Are125()
    {
        double[] expected = [0.5, 1, 2, 5, 10, 20];
        Assert.Equal(expected, Ticks.Of(new Scale(0.5, 20, 0, 100, true)));
    }

    [Fact]
    public void Of_ALongLogarithmicAxis_AreSomeDecades()
    {
        var ticks = Ticks.Of(new Scale(1e-10, 1e10, 0, 100, true));

        Assert.InRange(ticks.Count, 4, 9);
        Assert.All(ticks, static tick => Assert.Equal(Math.Round(Math.Log10(tick)), Math.Log10(tick), 1e-9));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.05, "0.05")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(3000, "3000")]
    [InlineData(20000, "20k")]
    [InlineData(1500000, "1.5M")]
    [InlineData(0.00001, "1e-5")]
    [InlineData(2e12, "2e12")]
    public void TickText_OfANumber_IsShort(double value, string text) => Assert.Equal(text, TickText.Of(value));
}
