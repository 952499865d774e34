using DistGan.Recipes;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

/// <summary>Each kind of damage is worse than new real images in the score that should see it.</summary>
public sealed class DamagedImagesTests : IDisposable
{
    private const int Count = 400;

    private readonly Clothes _learnt = new(0, 1500);
    private readonly Clothes _others = new(1500, 1500);
    private readonly IReadOnlyList<IMetric> _metrics;

    public DamagedImagesTests()
    {
        using var real = new RealFeatures(FeatureNetwork.Fashion(), _learnt, seed: 1);
        _metrics = MetricCatalog.For([.. MetricCatalog.Entries.Keys], new MetricContext(_learnt, real) { AsksForLabels = true });
    }

    public void Dispose()
    {
        foreach (var metric in _metrics)
        {
            metric.Dispose();
        }

        _learnt.Dispose();
        _others.Dispose();
    }

    [Fact]
    public void Score_NoiseAndBlur_IsWorseInDistancesAndQuality()
    {
        using var scope = NewDisposeScope();
        var images = _others.Images(Count);
        var clean = Score(images);
        var noisy = Score((images + 0.4 * Numbers.Normal(1, ScalarType.Float32, images.shape)).clamp(-1, 1));
        var blurred = Score(nn.functional.avg_pool2d(nn.functional.pad(images, [2, 2, 2, 2], value: -1), 5, 1));

        foreach (var damaged in new[] { noisy, blurred })
        {
            Assert.True(damaged[MetricNames.Fid] > 2 * clean[MetricNames.Fid], Show(clean, damaged));
            Assert.True(damaged[MetricNames.Kid] > clean[MetricNames.Kid] + 10 * damaged[MetricNames.KidStandardError], Show(clean, damaged));
            Assert.True(damaged[MetricNames.Precision] < clean[MetricNames.Precision] - 0.1, Show(clean, damaged));
            Assert.True(damaged[MetricNames.Density] < clean[MetricNames.Density] - 0.1, Show(clean, damaged));
            Assert.True(damaged[MetricNames.Coverage] < clean[MetricNames.Coverage] - 0.1, Show(clean, damaged));
            Assert.True(damaged[MetricNames.InceptionScore] < clean[MetricNames.InceptionScore], Show(clean, damaged));
            Assert.True(damaged[MetricNames.Memorisation] > clean[MetricNames.Memorisation], Show(clean, damaged));
        }
    }

    /// <summary>Published scores stretched generated images to the range of their own least and greatest pixel, which made these real again.</summary>
    [Fact]
    public void Score_GeneratedImagesOfHalfTheContrast_AreNotStretchedToTheRangeOfTheirSet()
    {
        using var scope = NewDisposeScope();
        var images = _others.Images(Count);
        var (clean, dim) = (Score(images), Score(images * 0.5));

        Assert.True(dim[MetricNames.Fid] > 2 * clean[MetricNames.Fid], Show(clean, dim));
        Assert.True(dim[MetricNames.Kid] > clean[MetricNames.Kid] + 10 * dim[MetricNames.KidStandardError], Show(clean, dim));
        Assert.True(dim[MetricNames.Coverage] < clean[MetricNames.Coverage] - 0.1, Show(clean, dim));
    }

    [Fact]
    public void Score_DroppedClasses_IsWorseInVarietyAndNotInPrecision()
    {
        using var scope = NewDisposeScope();
        var clean = Score(_others.Images(Count));
        var dropped = Score(_others.Images(Count, static label => label is 1 or 5 or 9));

        Assert.True(dropped[MetricNames.Recall] < clean[MetricNames.Recall] - 0.2, Show(clean, dropped));
        Assert.True(dropped[MetricNames.Coverage] < clean[MetricNames.Coverage] - 0.2, Show(clean, dropped));
        Assert.True(dropped[MetricNames.Precision] > clean[MetricNames.Precision] - 0.1, Show(clean, dropped));
        Assert.True(dropped[MetricNames.Fid] > 2 * clean[MetricNames.Fid], Show(clean, dropped));
        Assert.True(dropped[MetricNames.Kid] > clean[MetricNames.Kid] + 10 * dropped[MetricNames.KidStandardError], Show(clean, dropped));
        Assert.True(dropped[MetricNames.InceptionScore] < clean[MetricNames.InceptionScore] / 2, Show(clean, dropped));
        Assert.InRange(dropped[MetricNames.SolidModes], 3, 4);
        Assert.Equal(10, clean[MetricNames.SolidModes]);
        Assert.True(dropped[MetricNames.LeastClassShare] < 0.01 && clean[MetricNames.LeastClassShare] > 0.04, Show(clean, dropped));
        Assert.True(dropped[MetricNames.ReverseKl] > 0.5 && clean[MetricNames.ReverseKl] < 0.1, Show(clean, dropped));
    }

    [Fact]
    public void Score_TrainingImages_AreCopiesAndNothingElseSeesIt()
    {
        using var scope = NewDisposeScope();
        var clean = Score(_others.Images(Count));
        var copied = Score(_learnt.Images(Count));

        Assert.Equal((0, 1, 1), (copied[MetricNames.Memorisation], copied[MetricNames.CopiedShare], copied[MetricNames.IdenticalShare]));
        Assert.InRange(clean[MetricNames.Memorisation], 0.8, 1.25);
        Assert.InRange(clean[MetricNames.CopiedShare], 0, 0.05);
        Assert.Equal(0, clean[MetricNames.IdenticalShare]);
        Assert.True(copied[MetricNames.Precision] >= clean[MetricNames.Precision], Show(clean, copied));
    }

    [Fact]
    public void Score_NearlyTrainingImages_AreSeenByTheirFeatures()
    {
        using var scope = NewDisposeScope();
        var images = _learnt.Images(Count);
        var near = Score((images + 0.02 * Numbers.Normal(1, ScalarType.Float32, images.shape)).clamp(-1, 1));

        Assert.Equal(0, near[MetricNames.IdenticalShare]);
        Assert.InRange(near[MetricNames.Memorisation], 0.001, 0.5);
        Assert.True(near[MetricNames.CopiedShare] > 0.5, Show(near));
    }

    [Fact]
    public void Score_OneImageAgainAndAgain_IsADuplicateWithoutDiversity()
    {
        using var scope = NewDisposeScope();
        var clean = Score(_others.Images(Count));
        var one = Score(_others.Images(1).expand(Count, -1, -1, -1).contiguous());

        Assert.Equal(1 - 1.0 / Count, one[MetricNames.DuplicateShare], 1e-12);
        Assert.Equal(0, clean[MetricNames.DuplicateShare]);
        Assert.Equal(0, one[MetricNames.Diversity], 1e-6);
        Assert.InRange(clean[MetricNames.Diversity], 0.9, 1.1);
        Assert.Equal((1, 1), (one[MetricNames.Modes], one[MetricNames.InceptionScore]), EqualWithin(1e-6));
    }

    [Fact]
    public void Score_NaN_IsNaN()
    {
        using var samples = full([20L, 1, 28, 28], float.NaN);
        string[] counted = [MetricNames.IdenticalShare, MetricNames.DuplicateShare];

        Assert.All(Score(samples).Where(score => !counted.Contains(score.Key)), static score => Assert.True(double.IsNaN(score.Value), $"{score.Key} is {score.Value}"));
    }

    [Fact]
    public void Score_AnotherOrder_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var images = _others.Images(100);
        var (one, other) = (Score(images), Score(images.flip(0)));

        // KID draws its subsets by position; its own tests bound what that does.
        Assert.All(one.Where(static score => !score.Key.StartsWith(MetricNames.Kid, StringComparison.Ordinal)), score => Assert.Equal(score.Value, other[score.Key], 1e-5));
    }

    private static IEqualityComparer<(double, double)> EqualWithin(double tolerance)
        => EqualityComparer<(double, double)>.Create((a, b) => Math.Abs(a.Item1 - b.Item1) <= tolerance && Math.Abs(a.Item2 - b.Item2) <= tolerance);

    private static string Show(params IReadOnlyDictionary<string, double>[] scores)
        => string.Join("\n", scores.Select(static set => string.Join(", ", set.Select(static score => $"{score.Key} {score.Value:g4}"))));

    private Dictionary<string, double> Score(Tensor images)
    {
        using var samples = new ScoredSamples(images);
        return _metrics.SelectMany(metric => metric.Score(samples)).ToDictionary();
    }
}
