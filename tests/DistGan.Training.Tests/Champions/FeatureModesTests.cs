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
        Assert.InRange(Enumerable.Range(0, 2000).Count(i => of[i] == _data.LabelOf(i)), 1300, 2000);
        Assert.Contains(IModes.Unknown, of);
    }

    [Fact]
    public void Judge_HandCounted_IsTheShareWithinReachOfRealsOfTheMode()
    {
        // Six reals at 0 … 5 reach to their fifth neighbour, the farthest of the others: 5, 4, 3, 3, 4, 5, together −5 … 10. Three at 200 … 202 are too few.
        using var line = new LineDataSet([0, 1, 2, 3, 4, 5, 200, 201, 202]);
        using var real = new RealFeatures(new FirstPixel(), line);
        using var modes = new FeatureModes(real, 2, Halves, 0.9);
        using var images = tensor(new[] { -4.5, -5.5, 3, 9.5, 10.5, 201 }.SelectMany(static at => new[] { LineDataSet.Value(at), 0, 0, 0 }).ToArray(), [6, 1, 2, 2]);
        using var samples = new ScoredSamples(images);

        Assert.Equal([2 / 3.0, 1 / 3.0], modes.RealShares);
        Assert.Equal([0, 0, 0, 0, 0, 1], modes.Of(samples));
        Assert.Equal([ModeQuality.OfShare(3, 5), ModeQuality.None], modes.Judge(samples));
    }

    [Fact]
    public void Of_TooLittleConfidenceOrNoNumber_IsOfNoMode()
    {
        using var line = new LineDataSet([0, 1, 200]);
        using var real = new RealFeatures(new FirstPixel(), line);
        using var modes = new FeatureModes(real, 2, static features => cat([(features + 1) / 2, 1 - (features + 1) / 2], 1), 0.9);
        using var images = tensor(new[] { 1, 0.79f, 0, -0.81f, float.NaN }.SelectMany(static at => new[] { at, 0, 0, 0 }).ToArray(), [5, 1, 2, 2]);
        using var samples = new ScoredSamples(images);

        Assert.Equal([0, IModes.Unknown, IModes.Unknown, 1, IModes.Unknown], modes.Of(samples));
    }

    [Fact]
    public void Judge_NoiseUnderTheClassifier_WinsNoMode()
    {
        using var real = new RealFeatures(FeatureNetwork.Fashion(), _data);
        using var modes = ModeFinder.Find(new ModeChampionsRecipe(), new MetricContext(_data, real), 1);
        using var generator = new Generator(3, CPU);
        using var images = rand(1000, 1, 28, 28, generator: generator) * 2 - 1;
        using var samples = new ScoredSamples(images);

        Assert.All(modes.Judge(samples), static quality => Assert.True(!ChampionRule.Replaces(quality, null) || quality.Quality < 0.2, $"{quality}"));
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

    /// <summary>Mode 0 below the middle, mode 1 above it, both for certain.</summary>
    private static Tensor Halves(Tensor features)
    {
        using var scope = NewDisposeScope();
        var above = features.gt(0).to(ScalarType.Float32);
        return cat([1 - above, above], 1).MoveToOuterDisposeScope();
    }

    /// <summary>A network whose only feature is the first pixel.</summary>
    private sealed class FirstPixel : IFeatureNetwork
    {
        public string Name => "first-pixel";

        public string Hash => "";

        public string Resize => "none";

        public int Width => 1;

        public Tensor Features(Tensor images)
        {
            using var scope = NewDisposeScope();
            return images.flatten(1).narrow(1, 0, 1).contiguous().MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
            // Nothing.
        }
    }

    /// <summary>Images of 2 by 2 pixels, of which the first is given.</summary>
    private sealed class LineDataSet(byte[] pixels) : IDataSet
    {
        public string Name => "line";

        public SampleShape Shape { get; } = new(1, 2, 2);

        public long Count => pixels.Length;

        public int Classes => 0;

        public string Fingerprint => "";

        public GaussianModes? Modes => null;

        public static float Value(double pixel) => (float)(pixel / 127.5 - 1);

        public void Read(long index, Span<byte> destination)
        {
            destination.Clear();
            destination[0] = pixels[index];
        }

        public int LabelOf(long index) => 0;

        public void Dispose()
        {
            // Nothing.
        }
    }
}
