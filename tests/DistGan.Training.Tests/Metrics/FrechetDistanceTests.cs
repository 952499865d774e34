using CsCheck;
using DistGan.Recipes;
using DistGan.Training.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

public sealed class FrechetDistanceTests
{
    [Fact]
    public void Between_DiagonalGaussians_IsTheClosedForm()
    {
        // ‖μ₁−μ₂‖² + Σ(√a − √b)², where covariances commute.
        FeatureStatistics one = new([1, 2, 3], [4, 0, 0, 0, 9, 0, 0, 0, 1], 10);
        FeatureStatistics two = new([0, 4, 3], [1, 0, 0, 0, 16, 0, 0, 0, 1], 10);

        Assert.Equal(1 + 4 + 1 + 1 + 0, FrechetDistance.Between(one, two), 1e-10);
    }

    [Fact]
    public void Between_GaussiansThatDoNotCommute_IsTheClosedFormInTwoDimensions()
    {
        // In two dimensions Tr √M = √(Tr M + 2√det M).
        FeatureStatistics one = new([0, 0], [2, 0.5, 0.5, 1], 10);
        FeatureStatistics two = new([0, 0], [1, -0.75, -0.75, 3], 10);
        var trace = 2 * 1 + 0.5 * -0.75 * 2 + 1 * 3;
        var determinant = (2 * 1 - 0.25) * (1 * 3 - 0.5625);
        var expected = 2 + 1 + 1 + 3 - 2 * Math.Sqrt(trace + 2 * Math.Sqrt(determinant));

        Assert.Equal(expected, FrechetDistance.Between(one, two), 1e-10);
        Assert.Equal(expected, FrechetDistance.Between(two, one), 1e-10);
    }

    [Fact]
    public void Between_EqualStatistics_IsZero()
        => Gen.Double[-3, 3].Array[40].Sample(
            static numbers =>
            {
                using var features = tensor(numbers).view(10, 4);
                var statistics = FeatureStatistics.Of(features);
                Assert.Equal(0, FrechetDistance.Between(statistics, statistics), 1e-6);
            },
            iter: 50);

    [Fact]
    public void Between_FewerSamplesThanFeatures_IsFiniteAndZeroForTheSameSet()
    {
        using var features = Noise(5, 40, 1);
        using var others = Noise(5, 40, 2);
        var statistics = FeatureStatistics.Of(features);

        Assert.Equal(0, FrechetDistance.Between(statistics, statistics), 1e-6);
        Assert.True(FrechetDistance.Between(statistics, FeatureStatistics.Of(others)) is > 1 and < double.PositiveInfinity);
    }

    [Fact]
    public void Between_CollapsedFeatures_IsTheShiftAndTheOtherTrace()
    {
        // With Σ₂ = 0: ‖μ₁−μ₂‖² + Tr Σ₁.
        using var collapsed = full([7, 3], 2.0);
        FeatureStatistics real = new([1, 2, 4], [4, 1, 0, 1, 9, 0, 0, 0, 0.5], 100);
        var statistics = FeatureStatistics.Of(collapsed);

        Assert.Equal(1 + 0 + 4 + 13.5, FrechetDistance.Between(real, statistics), 1e-9);
        Assert.Equal(1 + 0 + 4 + 13.5, FrechetDistance.Between(statistics, real), 1e-9);
        Assert.Equal(0, FrechetDistance.Between(statistics, statistics), 1e-12);
    }

    [Fact]
    public void Between_ManySamplesOfOneGaussian_IsNearTheClosedForm()
    {
        // N(0, I) and N(1, 4·I) in three dimensions: 3·1 + 3·(2 − 1)².
        using var one = Numbers.Normal(1, ScalarType.Float64, 20_000, 3);
        using var two = Numbers.Normal(2, ScalarType.Float64, 20_000, 3) * 2 + 1;

        Assert.Equal(6, FrechetDistance.Between(FeatureStatistics.Of(one), FeatureStatistics.Of(two)), 0.15);
    }

    [Fact]
    public void Between_StatisticsThatAreNotFinite_IsNaN()
    {
        FeatureStatistics good = new([0], [1], 10);

        Assert.Equal(double.NaN, FrechetDistance.Between(good, new([double.NaN], [1], 10)));
        Assert.Equal(double.NaN, FrechetDistance.Between(new([0], [double.PositiveInfinity], 10), good));
    }

    [Fact]
    public void Between_OtherWidths_IsRefused()
        => Assert.Contains(
            "expected 1 numbers a sample, found 2",
            Assert.Throws<DistGanException>(() => FrechetDistance.Between(new([0], [1], 10), new([0, 0], [1, 0, 0, 1], 10))).Message);

    [Fact]
    public void Of_SmallSet_IsTheMeanAndTheUnbiasedCovariance()
    {
        using var features = tensor(new float[,] { { 1, 2 }, { 3, 6 }, { 5, 1 } });

        var statistics = FeatureStatistics.Of(features);

        Assert.Equal([3.0, 3.0], statistics.Mean);
        Assert.Equal([4.0, -1.0, -1.0, 7.0], statistics.Covariance);
        Assert.Equal(3, statistics.Count);
    }

    [Fact]
    public void Of_LargeOffset_KeepsTheSmallVariance()
    {
        using var features = tensor(new double[,] { { 1e6 }, { 1e6 + 1 }, { 1e6 + 2 } });

        Assert.Equal([1.0], FeatureStatistics.Of(features).Covariance);
    }

    [Fact]
    public void Of_OneVector_IsRefused()
    {
        using var features = zeros(1, 3);

        Assert.Throws<DistGanException>(() => FeatureStatistics.Of(features));
    }

    private static Tensor Noise(int count, int width, int seed)
    {
        var random = new Random(seed);
        return tensor(Enumerable.Range(0, count * width).Select(_ => random.NextDouble() * 2 - 1).ToArray()).view(count, width);
    }
}
