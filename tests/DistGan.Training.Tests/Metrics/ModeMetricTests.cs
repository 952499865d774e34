using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

public sealed class ModeMetricTests
{
    private static readonly GaussianModes Four = new([(0, 0), (10, 0), (0, 10), (10, 10)], 1);

    [Fact]
    public void Score_EqualShares_CoversAllModes()
    {
        var scores = Score(Four, (0, 0), (10, 0), (0, 10), (10, 10));

        Assert.Equal((4, 4, 1, 0), Values(scores));
    }

    [Fact]
    public void Score_OneStrayBesideACollapse_IsAModeButNotASolidOne()
    {
        // 19 at one mode, one at another: a quarter of a fair share is 20/4/4 = 1.25.
        var scores = Score(Four, [.. Enumerable.Repeat((0.0, 0.0), 19), (10, 10)]);
        var divergence = 0.95 * Math.Log(0.95 * 4) + 0.05 * Math.Log(0.05 * 4);

        Assert.Equal((2, 1, 1), (scores[MetricNames.Modes], scores[MetricNames.SolidModes], scores[MetricNames.HighQuality]));
        Assert.Equal(divergence, scores[MetricNames.ReverseKl], 1e-12);
    }

    [Fact]
    public void Score_ThreeDeviations_IsTheEdgeOfHighQuality()
    {
        var scores = Score(Four, (3, 0), (3.001, 0), (0, 2.9), (2.2, 2.2));

        Assert.Equal((1, 1, 0.5), (scores[MetricNames.Modes], scores[MetricNames.SolidModes], scores[MetricNames.HighQuality]));
    }

    [Fact]
    public void Score_NothingOfQuality_HasNoDivergence()
        => Assert.Equal((0, 0, 0, double.NaN), Values(Score(Four, (5, 5), (double.NaN, 0), (double.PositiveInfinity, 0))));

    [Theory]
    [InlineData("ring")]
    [InlineData("grid")]
    public void Score_RealData_IsNearlyPerfect(string name)
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = name }, seed: 1);
        using var metric = Assert.Single(MetricCatalog.For(new EvaluationRecipe(), data));
        var bytes = new byte[2500 * 8];
        for (var i = 0; i < 2500; i++)
        {
            data.Read(i, bytes.AsSpan(i * 8, 8));
        }

        using var samples = SampleCodec.Decode(bytes, data.Shape, 2500);
        var scores = metric.Score(samples);

        Assert.Equal(data.Classes, scores[MetricNames.SolidModes]);
        // 1 − e^(−9/2) of a Gaussian in the plane lies within three deviations.
        Assert.Equal(1 - Math.Exp(-4.5), scores[MetricNames.HighQuality], 0.01);
        Assert.InRange(scores[MetricNames.ReverseKl], 0, 0.01);
        Assert.Contains(name, metric.Provenance.Reference);
    }

    [Fact]
    public void For_MetricThatDoesNotFit_SaysWhatDoes()
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = "ring" }, seed: 1);

        var error = Assert.Throws<DistGanException>(() => MetricCatalog.For(new EvaluationRecipe { Metrics = ["fid"] }, data));

        Assert.Contains("fid", error.Message);
        Assert.Contains("modes", error.Message);
    }

    [Fact]
    public void For_AutoAndTheSameName_GivesItOnce()
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = "ring" }, seed: 1);

        Assert.Single(MetricCatalog.For(new EvaluationRecipe { Metrics = ["auto", "modes"] }, data));
    }

    [Fact]
    public void Score_Images_IsRefused()
    {
        using var metric = new ModeMetric("four", Four);
        using var samples = zeros(1, 1, 28, 28);

        Assert.Throws<DistGanException>(() => metric.Score(samples));
    }

    private static (double Modes, double Solid, double Quality, double Divergence) Values(IReadOnlyDictionary<string, double> scores)
        => (scores[MetricNames.Modes], scores[MetricNames.SolidModes], scores[MetricNames.HighQuality], scores[MetricNames.ReverseKl]);

    private static IReadOnlyDictionary<string, double> Score(GaussianModes modes, params (double X, double Y)[] points)
    {
        using var metric = new ModeMetric("four", modes);
        using var samples = tensor(points.SelectMany(static p => new[] { (float)p.X, (float)p.Y }).ToArray()).view(points.Length, 2);
        return metric.Score(samples);
    }
}
