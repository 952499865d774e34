using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Tests.Data;

public sealed class DataStatisticsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_ImagesOfTwoValues_HasTheirMeanDeviationAndClasses()
    {
        // Three images of 8×8: black, white, white, so that x is −1, 1, 1: mean 1/3, variance 1 − 1/9.
        var images = _folder.Write("images", IdxBytes.Of([.. Enumerable.Repeat((byte)0, 64), .. Enumerable.Repeat((byte)255, 128)], 3, 8, 8));
        var labels = _folder.Write("labels", IdxBytes.Of([2, 0, 2], 3));
        using var data = DataCatalog.Open(new DataRecipe { Name = null, Idx = images, Labels = labels, Size = 8 }, seed: 1);

        var statistics = DataStatistics.Of(data, static _ => { });

        Assert.Equal([1, 0, 2], statistics.PerClass);
        Assert.Equal(1.0 / 3, Assert.Single(statistics.Means), 1e-12);
        Assert.Equal(Math.Sqrt(8.0 / 9), Assert.Single(statistics.Deviations), 1e-12);
    }

    [Fact]
    public void Of_Points_HasOneMeanADimension()
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = "ring" }, seed: 1);

        var statistics = DataStatistics.Of(data, static _ => { });

        // Points of a unit circle: mean 0, variance ½ + σ².
        Assert.All(statistics.Means, static mean => Assert.Equal(0, mean, 1e-3));
        Assert.All(statistics.Deviations, static deviation => Assert.Equal(Math.Sqrt(0.5 + 1e-4), deviation, 1e-3));
        Assert.Equal(8, statistics.PerClass.Count);
    }
}
