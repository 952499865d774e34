using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using DistGan.Training.Tests.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

public sealed class FidMetricTests : IDisposable
{
    private readonly IDataSet _data = DataCatalog.Open(new DataRecipe(), seed: 1);
    private readonly IMetric _metric;
    private readonly TemporaryFolder _folder = new();

    public FidMetricTests() => _metric = Assert.Single(MetricCatalog.For(new EvaluationRecipe(), _data));

    public void Dispose()
    {
        _metric.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Score_RealImages_IsFarBelowEveryDamage()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var real = Real(512);
        var noise = randn(real.shape, generator: random);
        var scores = new[]
        {
            Score(real),
            Score((real + 0.3 * noise).clamp(-1, 1)),
            Score((real + 0.8 * noise).clamp(-1, 1)),
            Score(noise.clamp(-1, 1)),
        };

        Assert.Equal(scores.Order(), scores);
        Assert.True(scores[1] > 2 * scores[0], $"slightly noisy images score {scores[1]}, real ones {scores[0]}");
    }

    [Fact]
    public void Score_OneClassOnly_IsFarAboveAllClasses()
    {
        using var scope = NewDisposeScope();
        var trousers = Images([.. Enumerable.Range(0, 10_000).Where(i => _data.LabelOf(i) == 1).Take(512)]);

        Assert.True(Score(trousers) > 5 * Score(Real(512)));
    }

    [Fact]
    public void Score_AnotherOrder_IsTheSame()
    {
        using var scope = NewDisposeScope();
        var real = Real(600);

        Assert.Equal(Score(real), Score(real.flip(0)), 1e-6);
    }

    [Fact]
    public void Features_OfAnImage_DoNotDependOnItsNeighbours()
    {
        using var scope = NewDisposeScope();
        using var network = FeatureNetwork.Fashion();
        var image = Real(1);
        var outlier = full_like(image, 40f);

        var alone = network.Features(image);
        var beside = network.Features(cat([image, outlier])).narrow(0, 0, 1);

        Assert.True(alone.allclose(beside, rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void Score_PaddedImages_IsThatOfTheImages()
    {
        using var scope = NewDisposeScope();
        var real = Real(300);
        var padded = nn.functional.pad(real, [2, 2, 2, 2], value: -1);

        Assert.Equal(Score(real), Score(padded), 1e-9);
    }

    [Fact]
    public void Score_NaN_IsNaN()
    {
        using var samples = full([20L, 1, 28, 28], float.NaN);

        Assert.Equal(double.NaN, Score(samples));
    }

    [Fact]
    public void Score_Twice_IsTheSameAndKeepsNoTensor()
    {
        using var real = Real(300);
        var first = Score(real);
        var tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Assert.Equal(first, Score(real));
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Provenance_OfFashion_NamesNetworkHashRuleAndSplit()
    {
        var provenance = _metric.Provenance;

        Assert.Equal((FeatureAssets.Fashion.Name, 64, 60_000), (provenance.FeatureNetwork, provenance.FeatureHash!.Length, provenance.ReferenceSamples));
        Assert.Contains("28", provenance.Resize);
        Assert.Contains("training split", provenance.Reference);
    }

    [Fact]
    public void For_ImagesWithoutAClassifier_ComparesWithThemselves()
    {
        using var scope = NewDisposeScope();
        var images = _folder.Write("noise", IdxBytes.Of(IdxBytes.Noise(300 * 12 * 12), 300, 12, 12));
        using var data = DataCatalog.Open(new DataRecipe { Name = null, Idx = images, Size = 12 }, seed: 1);
        using var metric = Assert.Single(MetricCatalog.For(new EvaluationRecipe(), data));
        using var again = FidMetric.For(data);

        var same = metric.Score(SampleCodec.Decode(IdxBytes.Noise(300 * 12 * 12), data.Shape, 300))[MetricNames.Fid];
        var flat = metric.Score(zeros(300, 1, 12, 12))[MetricNames.Fid];

        Assert.Equal(0, same, 1e-6);
        Assert.True(flat > 0.01, $"flat images score {flat}");
        Assert.Equal("random-convolutions", metric.Provenance.FeatureNetwork);
        Assert.Equal(again.Provenance, metric.Provenance);
    }

    [Fact]
    public void Of_RealImages_GivesEachClassItsShare()
    {
        using var classifier = FeatureNetwork.Fashion();
        using var real = Real(1000);

        var shares = ClassHistogram.Of(classifier, real);

        Assert.Equal(10, shares.Length);
        Assert.Equal(1, shares.Sum(), 1e-12);
        Assert.All(shares, static share => Assert.InRange(share, 0.05, 0.17));
    }

    private double Score(Tensor samples) => _metric.Score(samples)[MetricNames.Fid];

    private Tensor Real(int count) => Images([.. Enumerable.Range(0, count)]);

    private Tensor Images(int[] items)
    {
        var (size, bytes) = (_data.Shape.ItemBytes, new byte[items.Length * _data.Shape.ItemBytes]);
        for (var i = 0; i < items.Length; i++)
        {
            _data.Read(items[i], bytes.AsSpan(i * size, size));
        }

        return SampleCodec.Decode(bytes, _data.Shape, items.Length);
    }
}
