using DistGan.Training.Metrics;

namespace DistGan.Training.Tests.Metrics;

public sealed class DivergenceTests
{
    [Fact]
    public void Of_TwoShares_IsTheValueByHand()
        => Assert.Equal(0.75 * Math.Log(1.5) + 0.25 * Math.Log(0.5), Divergence.Of([0.75, 0.25], [0.5, 0.5]), 1e-12);

    [Fact]
    public void Of_EqualShares_IsZero() => Assert.Equal(0, Divergence.Of([0.1, 0.2, 0.7], [0.1, 0.2, 0.7]));

    [Fact]
    public void Of_WhatTheOtherLacks_IsInfinite() => Assert.Equal(double.PositiveInfinity, Divergence.Of([0.5, 0.5], [1, 0]));

    [Fact]
    public void Of_WhatIsNotThere_HasNoTerm() => Assert.Equal(Math.Log(2), Divergence.Of([1, 0], [0.5, 0.5]), 1e-12);

    [Fact]
    public void Of_NaN_IsNaN() => Assert.Equal(double.NaN, Divergence.Of([double.NaN, 1], [0.5, 0.5]));
}
