using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using DistGan.Training.Snapshots;
using DistGan.Training.Tests.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Metrics;

public sealed class StackedModeMetricTests : IDisposable
{
    private const string Images = "train-images-idx3-ubyte";
    private const string Labels = "train-labels-idx1-ubyte";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Score_OneSampleInEachOfTwoModes_HasTheValuesByHand()
    {
        // Digits 0 and 1, three to one: of the modes 000, 001, … 111 the real shares are about (3/4)ⁿ⁰·(1/4)ⁿ¹.
        using var data = Stacked(0, 0, 0, 1);
        using var real = new RealFeatures(new StackedClassifier(Brightness()), data);
        using var metric = new StackedModeMetric(real);
        var shares = SharesOf(data);
        using var samples = Flat((0, 0, 0), (0, 0, 0), (0, 0, 0), (1, 0, 1));

        var scores = metric.Score(samples);

        Assert.Equal(0.42, shares[0], 0.01);
        Assert.Equal(2, scores[MetricNames.Modes]);
        Assert.Equal(2, scores[MetricNames.SolidModes]);
        Assert.Equal(0.75 * Math.Log(0.75 / shares[0]) + 0.25 * Math.Log(0.25 / shares[101]), scores[MetricNames.ReverseKl], 1e-12);
    }

    [Fact]
    public void Score_ShareBelowAQuarterOfTheRealOne_IsAModeButNotASolidOne()
    {
        using var data = Stacked(0, 1);
        using var real = new RealFeatures(new StackedClassifier(Brightness()), data);
        using var metric = new StackedModeMetric(real);
        // All real shares are about 1/8, so one of 40 samples is below 1/32 and two are above.
        using var samples = Flat([.. Enumerable.Repeat((1, 1, 1), 37), (0, 0, 1), (0, 1, 0), (0, 1, 0)]);

        var scores = metric.Score(samples);

        Assert.Equal((3, 2), (scores[MetricNames.Modes], scores[MetricNames.SolidModes]));
    }

    [Fact]
    public void Score_ModeThatNoRealImageHas_IsInfinitelyFar()
    {
        using var data = Stacked(0, 0);
        using var real = new RealFeatures(new StackedClassifier(Brightness()), data);
        using var metric = new StackedModeMetric(real);
        using var samples = Flat((0, 0, 0), (0, 1, 0));

        Assert.Equal(double.PositiveInfinity, metric.Score(samples)[MetricNames.ReverseKl]);
    }

    [Fact]
    public void Score_NotFinite_IsNaN()
    {
        using var data = Stacked(0, 1);
        using var real = new RealFeatures(new StackedClassifier(Brightness()), data);
        using var metric = new StackedModeMetric(real);
        using var samples = full([2, 3, 28, 28], float.NaN);

        Assert.All(metric.Score(samples), static score => Assert.Equal(double.NaN, score.Value));
    }

    [Fact]
    public void Score_MoreSamplesThanAChunk_CountsThemAll()
    {
        using var data = Stacked(0, 1);
        using var real = new RealFeatures(new StackedClassifier(Brightness()), data);
        using var metric = new StackedModeMetric(real);
        using var samples = Flat([.. Enumerable.Repeat((1, 1, 1), 600), (0, 0, 0)]);

        Assert.Equal(2, metric.Score(samples)[MetricNames.Modes]);
    }

    [Fact]
    public void For_StackedClothes_CountsTheirModes()
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = "stacked-mnist", Base = "fashion-10k" }, seed: 1);
        using var metric = Assert.Single(MetricCatalog.For(new EvaluationRecipe { Metrics = ["modes"] }, data));
        using var samples = Real(data, 200);

        var scores = metric.Score(samples);

        Assert.Equal(("fashion-classifier, each channel", 128_000), (metric.Provenance.FeatureNetwork, metric.Provenance.ReferenceSamples));
        // 200 draws of 1,000 modes hit 1000·(1 − e^(−0.2)) = 181.
        Assert.InRange(scores[MetricNames.Modes], 165, 195);
        Assert.InRange(scores[MetricNames.ReverseKl], 1, 2);
    }

    [Fact]
    public void Constructor_NetworkOfOtherClasses_IsRefused()
    {
        using var data = Stacked(0, 1);
        using var real = new RealFeatures(new RandomFeatureNetwork(3), data);

        Assert.Contains("random-convolutions", Assert.Throws<DistGanException>(() => new StackedModeMetric(real)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InceptionScore_OfFeatures_IsThatOfAllLogitsAtOnce()
    {
        using var classifier = new StackedClassifier(Brightness());
        using var samples = Flat([.. Enumerable.Repeat((1, 0, 1), 400), .. Enumerable.Repeat((0, 0, 0), 200)]);
        using var features = classifier.Features(samples);
        using var logits = classifier.LogitsOf(features);

        // Two certain modes with shares 2/3 and 1/3: the exponential of their entropy.
        var expected = Math.Exp(-(2.0 / 3 * Math.Log(2.0 / 3) + 1.0 / 3 * Math.Log(1.0 / 3)));
        Assert.Equal(expected, InceptionScore.Of(classifier, features), 1e-6);
        Assert.Equal(expected, InceptionScore.Of(logits), 1e-6);
    }

    /// <summary>20,000 stacks of black digits 0 and white digits 1.</summary>
    private StackedDataSet Stacked(params int[] digits)
    {
        var pixels = digits.SelectMany(static digit => Enumerable.Repeat((byte)(255 * digit), 784)).ToArray();
        var images = _folder.Write(Images, IdxBytes.Of(pixels, digits.Length, 28, 28));
        var labels = _folder.Write(Labels, IdxBytes.Of([.. digits.Select(static digit => (byte)digit)], digits.Length));
        return new StackedDataSet("stacked-mnist", IdxDataSet.Open("digits", images, labels, 28), 20_000, seed: 1);
    }

    /// <summary>A classifier that says 1 to a white image and 0 to a black one, with certainty.</summary>
    private static FeatureNetwork Brightness()
    {
        using var scope = NewDisposeScope();
        var weights = FeatureNetwork.Shapes().ToDictionary(static s => s.Name, static s => zeros(s.Shape));
        for (var i = 1; i <= 3; i++)
        {
            // One channel is handed on by the middle of its kernel.
            weights[$"conv{i}.weight"][0, 0, 1, 1] = tensor(1f);
        }

        weights["hidden.weight"][0, 0] = tensor(100f);
        weights["output.weight"][1, 0] = tensor(1f);
        weights["output.bias"].fill_(-100f);
        weights["output.bias"][0] = tensor(50f);
        weights["output.bias"][1] = tensor(0f);
        return new FeatureNetwork("brightness", "", [.. weights.Select(static w => new NamedArray(w.Key, "F32", w.Value.shape, w.Value.bytes.ToArray()))]);
    }

    private static Tensor Flat(params (int Red, int Green, int Blue)[] stacks)
    {
        using var scope = NewDisposeScope();
        var values = tensor(stacks.SelectMany(static s => new[] { s.Red, s.Green, s.Blue }).Select(static digit => 2f * digit - 1).ToArray());
        return values.view(stacks.Length, 3, 1, 1).expand(stacks.Length, 3, 28, 28).contiguous().MoveToOuterDisposeScope();
    }

    private static double[] SharesOf(StackedDataSet data)
    {
        var counts = new int[data.Classes];
        for (var i = 0; i < data.Count; i++)
        {
            counts[data.LabelOf(i)]++;
        }

        return [.. counts.Select(count => count / (double)data.Count)];
    }

    private static Tensor Real(IDataSet data, int count)
    {
        var (size, bytes) = (data.Shape.ItemBytes, new byte[count * data.Shape.ItemBytes]);
        for (var i = 0; i < count; i++)
        {
            data.Read(i, bytes.AsSpan(i * size, size));
        }

        return SampleCodec.Decode(bytes, data.Shape, count);
    }
}
