using DistGan.Client.Display;

namespace DistGan.EndToEnd.Tests.Display;

public sealed class CurveTests
{
    [Fact]
    public void Plot_ARisingLine_GoesFromTheLowestLeftToTheHighestRight()
    {
        // Two columns of dots a character, four rows: (0, 0), (1, 1), (2, 2), (3, 3) from the bottom.
        var line = Assert.Single(BraillePlot.Of([(0, 0), (1, 1), (2, 2), (3, 3)], 2, 1));

        Assert.Equal($"{(char)(0x2800 + 0x40 + 0x20)}{(char)(0x2800 + 0x02 + 0x08)}", line);
    }

    [Fact]
    public void Plot_AJump_IsDrawnWithoutAHole()
        => Assert.Equal($"{(char)(0x2800 + 0x40 + 0x08 + 0x10 + 0x20)}", Assert.Single(BraillePlot.Of([(0, 0), (9, 1)], 1, 1)));

    [Fact]
    public void Plot_AConstant_LiesInTheMiddle()
        => Assert.Equal([$"{(char)0x2800}", $"{(char)(0x2800 + 0x01 + 0x08)}"], BraillePlot.Of([(0, 5), (1, 5)], 1, 2));

    [Fact]
    public void Plot_Nothing_IsEmpty()
        => Assert.Equal("\u2800\u2800", Assert.Single(BraillePlot.Of([], 2, 1)));

    [Fact]
    public void History_MorePointsThanItKeeps_IsThinnedOutEvenly()
    {
        var history = new History();
        for (var step = 0; step < 10_000; step++)
        {
            history.Add(step, step);
        }

        Assert.InRange(history.Points.Count, 256, 512);
        Assert.Equal(9999, history.Last);
        var gaps = history.Points.Zip(history.Points.Skip(1), static (one, two) => two.Step - one.Step).Distinct().ToList();
        Assert.True(gaps.Max() <= 2 * gaps.Min(), $"Gaps are {string.Join(", ", gaps)}.");
    }

    [Fact]
    public void History_ARollbackAndANumberThatIsNone_KeepsStepsAscending()
    {
        var history = new History();
        foreach (var (step, value) in new (long, double)[] { (10, 1), (20, 2), (30, double.NaN), (30, 3), (20, 4) })
        {
            history.Add(step, value);
        }

        Assert.Equal([(10, 1), (20, 4)], history.Points);
    }
}
