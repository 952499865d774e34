using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

public sealed class MetricCatalogTests : IDisposable
{
    private readonly Clothes _data = new(0, 60);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void For_Auto_IsTheDistanceAlone()
    {
        using var metric = Assert.Single(MetricCatalog.For(new EvaluationRecipe(), _data));

        Assert.Equal(MetricNames.Fid, metric.Name);
    }

    [Fact]
    public void Entries_OfTheCatalog_AreTheNamesThatARecipeMaySay()
        => Assert.Equal($"a list of auto, {string.Join(", ", MetricCatalog.Entries.Keys)}", Assert.Single(RecipeKeys.Find("evaluation.metrics")).Allowed);

    [Fact]
    public void Validate_ScoresThatNeedAClassifier_AreAllowedWhereThereIsOne()
    {
        using var clothes = DataCatalog.Open(new DataRecipe(), 1);

        Assert.Equal(FeatureCatalog.Fashion, FeatureCatalog.DefaultFor(clothes));
        Assert.Empty(RecipeValidator.Validate(new Recipe { Evaluation = new() { Metrics = ["is", "modes"] } }));
    }

    [Fact]
    public void For_AllMetrics_ShareOnePassOverSamplesAndRealImages()
    {
        var network = new CountingNetwork(FeatureNetwork.Fashion());
        var real = new RealFeatures(network, _data);
        var metrics = MetricCatalog.For([MetricNames.Fid, MetricNames.Kid, MetricNames.Prdc, MetricNames.Memorisation, MetricNames.InceptionScore, MetricNames.Modes], new MetricContext(_data, real));
        real.Dispose();
        using var images = _data.Images(20);
        using (var samples = new ScoredSamples(images))
        {
            Assert.All(metrics, metric => Assert.NotEmpty(metric.Score(samples)));
        }

        Assert.Equal(60 + 20, network.Images);
        Assert.False(network.IsDisposed);
        foreach (var metric in metrics)
        {
            metric.Dispose();
        }

        Assert.True(network.IsDisposed);
    }

    [Fact]
    public void Score_AllMetricsTwice_KeepsNoTensor()
    {
        using var real = new RealFeatures(FeatureNetwork.Fashion(), _data);
        var metrics = MetricCatalog.For([.. MetricCatalog.Entries.Keys], new MetricContext(_data, real) { AsksForLabels = true });
        using var images = _data.Images(20);
        ScoreAll(metrics, images);
        var tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        ScoreAll(metrics, images);

        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        foreach (var metric in metrics)
        {
            metric.Dispose();
        }
    }

    [Fact]
    public void Part_SomeRows_IsOfTheseImagesAndOutlivesTheWhole()
    {
        var whole = new RealFeatures(FeatureNetwork.Fashion(), _data);
        using var all = whole.All.clone();
        using var part = whole.Part([3, 10]);
        whole.Dispose();

        Assert.Equal([3L, 10L], part.Items);
        Numbers.AssertSameBytes(all.index_select(0, tensor(new long[] { 3, 10 })), part.All);
        using var images = _data.Images(1);
        using var features = part.Network.Features(images);
        Assert.Equal(part.Network.Width, features.shape[1]);
    }

    [Fact]
    public void For_ImagesWithoutAClassifier_RefusesWhatNeedsOne()
    {
        using var real = new RealFeatures(new RandomFeatureNetwork(1), _data);

        var error = Assert.Throws<DistGanException>(() => MetricCatalog.For([MetricNames.Fid, MetricNames.InceptionScore], new MetricContext(_data, real)));

        Assert.Contains("'is'", error.Message);
        Assert.Equal([MetricNames.Fid, MetricNames.Kid, MetricNames.Prdc, MetricNames.Memorisation], MetricCatalog.Fitting(new MetricContext(_data, real)));
    }

    [Fact]
    public void Provenance_OfEveryMetric_NamesNetworkAndHash()
    {
        using var real = new RealFeatures(FeatureNetwork.Fashion(), _data);
        foreach (var metric in MetricCatalog.For([.. MetricCatalog.Entries.Keys], new MetricContext(_data, real) { AsksForLabels = true }))
        {
            using (metric)
            {
                Assert.Equal((FeatureAssets.Fashion.Name, FeatureAssets.Fashion.Card().WeightsHash), (metric.Provenance.FeatureNetwork, metric.Provenance.FeatureHash));
                Assert.NotEmpty(metric.Provenance.Reference);
            }
        }
    }

    private static void ScoreAll(IReadOnlyList<IMetric> metrics, Tensor images)
    {
        using var samples = new ScoredSamples(images);
        foreach (var metric in metrics)
        {
            metric.Score(samples);
        }
    }

    private sealed class CountingNetwork(FeatureNetwork inner) : IFrozenClassifier
    {
        public long Images { get; private set; }

        public bool IsDisposed { get; private set; }

        public string Name => inner.Name;

        public string Hash => inner.Hash;

        public string Resize => inner.Resize;

        public int Width => inner.Width;

        public int ClassCount => inner.ClassCount;

        public Tensor Features(Tensor images)
        {
            Images += images.shape[0];
            return inner.Features(images);
        }

        public Tensor LogitsOf(Tensor features) => inner.LogitsOf(features);

        public void Dispose()
        {
            IsDisposed = true;
            inner.Dispose();
        }
    }
}
