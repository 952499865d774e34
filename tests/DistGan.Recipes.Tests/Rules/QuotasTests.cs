namespace DistGan.Recipes.Tests.Rules;

public sealed class QuotasTests
{
    [Theory]
    [InlineData(new[] { 1.0, 1, 1 }, 10, new[] { 4, 3, 3 })]
    [InlineData(new[] { 0.5, 0.3, 0.2 }, 10, new[] { 5, 3, 2 })]
    [InlineData(new[] { 2.0, 1 }, 4, new[] { 3, 1 })]
    [InlineData(new[] { 1.0, 0, 3 }, 8, new[] { 2, 0, 6 })]
    [InlineData(new[] { 1.0, 1, 1, 1 }, 2, new[] { 1, 1, 0, 0 })]
    public void Of_HandCounted_DividesEverything(double[] shares, int count, int[] expected)
        => Assert.Equal(expected, Quotas.Of(shares, count));

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, -1.0)]
    [InlineData(1.0, double.PositiveInfinity)]
    public void Of_NoShares_IsRefused(double one, double other)
        => Assert.Contains("must not be negative", Assert.Throws<DistGanException>(() => Quotas.Of([one, other], 3)).Message, StringComparison.Ordinal);
}
