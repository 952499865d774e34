using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Champions;

[Collection(ExclusiveCollection.Name)]
public sealed class FeatureModesTests : IDisposable
{
    private readonly IDataSet _data = DataCatalog.Open(new DataRecipe(), 1);

    [Fact]
    public void Judge_RealClothesUnderTheirClassifier_AreOfTenModesAndPrecise()
    {
        using var real = new RealFeatures(FeatureNetwork.Fashion(), _data);
        using var modes = ModeFinder.Find(new ModeChampionsRecipe(), new MetricContext(_data, real), 1);
        using var images = Images(2000);
        using var samples = new ScoredSamples(images);

        var (of, qualities) = (modes.Of(samples), modes.Judge(samples));

        Assert.Equal(10, modes.Count);
        Assert.Equal(1, modes.RealShares.Sum(), 1e-9);
        Assert.All(qualities, static quality => Assert.Equal(1, quality.Quality));
        Assert.Equal(of.Count(static mode => mode >= 0), qualities.Sum(static quality => quality.Samples));
        Assert.InRange(Enumerable.Range(0, 2000).Count(i => of[i] == _data.LabelOf(i)), 1500, 2000);
        Assert.Contains(IModes.Unknown, of);
    }

    [Fact]
    public void Judge_NoiseUnderTheClassifier_HasNoPrecision()
    {
        using var real = new RealFeatures(FeatureNetwork.Fashion(), _data);
        using var modes = ModeFinder.Find(new ModeChampionsRecipe { Threshold = 0 }, new MetricContext(_data, real), 1);
        using var images = rand(300, 1, 28, 28) * 2 - 1;
        using var samples = new ScoredSamples(images);

        Assert.All(modes.Judge(samples), static quality => Assert.True(quality.Samples == 0 || quality.Quality < 0.1));
    }

    [Fact]
    public void Find_NoClassifier_ClustersTheSameEachTimeAndFreesEverything()
    {
        TensorCount.Settle();
        var before = Tensor.TotalCount;
        using (var images = Images(500))
        {
            using var samples = new ScoredSamples(images);
            var (one, two) = (Assign(samples), Assign(samples));
            Assert.Equal(one, two);
            Assert.All(Enumerable.Range(0, 4), mode => Assert.Contains(mode, one));
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    public void Dispose() => _data.Dispose();

    private int[] Assign(ScoredSamples samples)
    {
        using var real = new RealFeatures(new RandomFeatureNetwork(1), _data);
        using var modes = ModeFinder.Find(new ModeChampionsRecipe { Clusters = 4, Threshold = 0.5 }, new MetricContext(_data, real), 1);
        Assert.Equal(4, modes.Judge(samples).Count);
        return modes.Of(samples);
    }

    private Tensor Images(int count)
    {
        var bytes = new byte[count * 784];
        for (var i = 0; i < count; i++)
        {
            _data.Read(i, bytes.AsSpan(i * 784, 784));
        }

        return SampleCodec.Decode(bytes, _data.Shape, count);
    }
}
