using System.Globalization;
using DistGan.Client.Studies.Planning;

namespace DistGan.EndToEnd.Tests.Studies.Planning;

public sealed class SearchPlannerTests
{
    [Theory]
    [InlineData(0.0, "1e-05")]
    [InlineData(0.5, "0.0003162")]
    [InlineData(0.75, "0.001778")]
    public void At_OfALogarithmicRange_IsLowTimesAPowerOfTheFactor(double share, string expected)
        => Assert.Equal(expected, new SearchRange(1e-5, 1e-2, IsLog: true, IsWhole: false).At(share));

    [Theory]
    [InlineData(0.0, "2")]
    [InlineData(0.24, "2")]
    [InlineData(0.26, "3")]
    [InlineData(0.999, "5")]
    public void At_OfWholeNumbers_GivesEachTheSameShare(double share, string expected)
        => Assert.Equal(expected, new SearchRange(2, 5, IsLog: false, IsWhole: true).At(share));

    [Fact]
    public void Plan_OneSeed_DrawsTheSameAndALongerSearchBeginsAlike()
    {
        var few = SearchPlanner.Plan(Variations, 5, 1);
        var many = SearchPlanner.Plan(Variations, 50, 1);

        Assert.Equal(few.Select(static one => string.Join(' ', one.Overrides)), many.Take(5).Select(static one => string.Join(' ', one.Overrides)));
        Assert.NotEqual(few[0].Overrides, SearchPlanner.Plan(Variations, 5, 2)[0].Overrides);
        Assert.Equal("sample-01", many[0].Name);
        Assert.Equal("sample-50", many[^1].Name);
    }

    [Fact]
    public void Plan_ManySamples_StayInTheirRangesAndFillThem()
    {
        var rates = SearchPlanner.Plan(Variations, 400, 3).Select(static one => double.Parse(one.Overrides[0].Split('=')[1], CultureInfo.InvariantCulture)).ToList();

        Assert.All(rates, static rate => Assert.InRange(rate, 1e-5, 1e-2));
        // A third of a uniform logarithm in each of three decades: 133 of 400, standard deviation 9.4.
        Assert.InRange(rates.Count(static rate => rate < 1e-4), 95, 171);
        Assert.InRange(rates.Count(static rate => rate >= 1e-3), 95, 171);
    }

    private static Variation[] Variations =>
    [
        new() { Key = "generator.optimizer.rate", Range = new(1e-5, 1e-2, IsLog: true, IsWhole: false) },
        new() { Key = "objective", Values = ["hinge", "wgan-gp"] },
    ];
}
