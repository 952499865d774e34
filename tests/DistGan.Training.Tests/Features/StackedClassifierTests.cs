using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Tests.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Features;

public sealed class StackedClassifierTests : IDisposable
{
    private readonly Clothes _data = new(0, 30);
    private readonly FeatureNetwork _digits = FeatureNetwork.Fashion();
    private readonly StackedClassifier _classifier;

    public StackedClassifierTests() => _classifier = new StackedClassifier(_digits);

    public void Dispose()
    {
        _classifier.Dispose();
        _data.Dispose();
    }

    [Fact]
    public void Features_OfAStack_AreThoseOfItsChannelsInOrder()
    {
        using var scope = NewDisposeScope();
        var images = _data.Images(30);

        var stacked = _classifier.Features(images.view(10, 3, 28, 28));

        Assert.Equal([10L, 3 * 64], stacked.shape);
        Assert.True(stacked.view(30, 64).allclose(_digits.Features(images), rtol: 1e-5, atol: 1e-6));
    }

    [Fact]
    public void Logits_LargestOfAStack_IsTheTripleOfTheLargest()
    {
        using var scope = NewDisposeScope();
        var images = _data.Images(30);
        var of = _digits.Logits(images).argmax(1).data<long>().ToArray();

        var modes = _classifier.LogitsOf(_classifier.Features(images.view(10, 3, 28, 28))).argmax(1).data<long>().ToArray();

        Assert.Equal(Enumerable.Range(0, 10).Select(i => 100 * of[3 * i] + 10 * of[3 * i + 1] + of[3 * i + 2]), modes);
        Assert.True(modes.Distinct().Count() > 5, "the images show too few modes to tell an order");
    }

    [Fact]
    public void Logits_OfAStack_AreLogarithmsOfProbabilities()
    {
        using var scope = NewDisposeScope();
        var logits = _classifier.LogitsOf(_classifier.Features(_data.Images(30).view(10, 3, 28, 28)));

        Assert.Equal([10L, 1000], logits.shape);
        Assert.True(logits.exp().sum(1).allclose(ones(10), rtol: 1e-4));
    }

    [Fact]
    public void Features_GreyImages_AreRefused()
    {
        using var images = _data.Images(3);

        Assert.Contains("[N, 3, height, width]", Assert.Throws<DistGanException>(() => _classifier.Features(images)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultFor_StacksOfAFolder_IsNoClassifierWhateverItsName()
    {
        using var folder = new TemporaryFolder();
        var digits = Path.Combine(folder.Path, "mnist");
        Directory.CreateDirectory(digits);
        File.WriteAllBytes(Path.Combine(digits, "train-images-idx3-ubyte"), Data.IdxBytes.Of(new byte[2 * 784], 2, 28, 28));
        File.WriteAllBytes(Path.Combine(digits, "train-labels-idx1-ubyte"), Data.IdxBytes.Of([0, 1], 2));
        using var data = DataCatalog.Open(new DataRecipe { Name = "stacked-mnist", Base = digits }, seed: 1);

        Assert.Equal("random", FeatureCatalog.DefaultFor(data));
    }

    [Theory]
    [InlineData("fashion-10k", 28, "stacked-fashion")]
    [InlineData("fashion-10k", 16, "random")]
    public void DefaultFor_StackedImages_FollowsWhatIsStackedAndItsSize(string name, int size, string expected)
    {
        using var data = DataCatalog.Open(new DataRecipe { Name = "stacked-mnist", Base = name, Size = size }, seed: 1);

        Assert.Equal(expected, FeatureCatalog.DefaultFor(data));
    }
}
