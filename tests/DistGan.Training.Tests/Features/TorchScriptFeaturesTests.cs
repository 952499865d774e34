using System.Security.Cryptography;
using DistGan.Recipes;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using DistGan.Training.Tests.Metrics;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Features;

public sealed class TorchScriptFeaturesTests : IDisposable
{
    private const string Flatten = "return torch.flatten(x, 1)";

    private static readonly TorchScriptSettings Small = new() { Size = 4, Low = 0, High = 255 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Features_GreyImage_IsRepeatedAndInTheNetworksRange()
    {
        using var network = new TorchScriptFeatures(TorchScriptFile.Write(_folder, "x: Tensor", Flatten), Small);
        using var images = cat([full(1, 1, 4, 4, -1f), full(1, 1, 4, 4, 0f), full(1, 1, 4, 4, 1f)]);

        using var features = network.Features(images);

        Assert.Equal([3L, 48L], features.shape);
        Assert.Equal((48, "net.pt"), (network.Width, network.Name));
        Numbers.AssertEqual([.. Enumerable.Repeat(0.0, 48), .. Enumerable.Repeat(127.5, 48), .. Enumerable.Repeat(255.0, 48)], features.flatten());
    }

    [Fact]
    public void Features_ManyImages_AreThoseOfEachAlone()
    {
        using var network = new TorchScriptFeatures(TorchScriptFile.Write(_folder, "x: Tensor", "return torch.mean(x, [2, 3], True)"), Small);
        using var images = rand(70, 3, 9, 7) * 2 - 1;

        using var features = network.Features(images);
        using var last = network.Features(images.narrow(0, 69, 1));

        Assert.Equal([70L, 3L], features.shape);
        Numbers.AssertNear(last, features.narrow(0, 69, 1), 1e-4);
    }

    [Fact]
    public void Features_ForwardWithAFlag_GetsTrue()
    {
        using var network = new TorchScriptFeatures(
            TorchScriptFile.Write(_folder, "x: Tensor,\n    return_features: bool=False", "if return_features:", "  y = torch.flatten(x, 1)", "else:", "  y = torch.mean(x, [2, 3])", "return y"), Small);

        Assert.Equal(48, network.Width);
    }

    [Fact]
    public void Hash_OfAFile_IsThatOfItsBytes()
    {
        var file = TorchScriptFile.Write(_folder, "x: Tensor", Flatten);
        using var network = new TorchScriptFeatures(file, Small);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), network.Hash);
        Assert.Equal("bicubic in float32 to 3×4×4, from 0 to 255", network.Resize);
    }

    [Fact]
    public void Metrics_UnderAFile_CompareWithTheRecipesData()
    {
        using var data = new Clothes(0, 60);
        using var real = new RealFeatures(FeatureCatalog.Open(TorchScriptFile.Write(_folder, "x: Tensor", Flatten), data.Shape, Small), data);
        using var fid = new FidMetric(real);
        using var images = data.Images(60);
        using var flat = zeros(60, 1, 28, 28);

        Assert.Equal(0, fid.Score(images)[MetricNames.Fid], 0.05);
        Assert.True(fid.Score(flat)[MetricNames.Fid] > 1000);
        Assert.Equal((60, "net.pt", "fashion-10k, the training data themselves"), (fid.Provenance.ReferenceSamples, fid.Provenance.FeatureNetwork, fid.Provenance.Reference));
    }

    [Fact]
    public void Constructor_FileThatIsNone_SaysSo()
    {
        var file = _folder.Write("other.pt", "no archive"u8.ToArray());

        Assert.Contains("is no TorchScript file", Assert.Throws<DistGanException>(() => new TorchScriptFeatures(file, Small)).Message);
        Assert.Contains("cannot be read", Assert.Throws<DistGanException>(() => new TorchScriptFeatures(file + ".pt", Small)).Message);
    }

    [Fact]
    public void Constructor_NetworkThatMakesNoVectors_IsRefused()
    {
        var file = TorchScriptFile.Write(_folder, "x: Tensor", "return x");

        Assert.Contains("expected [2, d]", Assert.Throws<DistGanException>(() => new TorchScriptFeatures(file, Small)).Message);
    }

    [Fact]
    public void Constructor_NetworkForOtherImages_IsRefused()
    {
        var file = TorchScriptFile.Write(_folder, "x: Tensor", "return torch.flatten(torch.reshape(x, [-1, 5, 5]), 1)");

        Assert.Contains("does not take images", Assert.Throws<DistGanException>(() => new TorchScriptFeatures(file, Small)).Message);
    }

    [Fact]
    public void Features_ImagesWithTwoChannels_AreRefused()
    {
        using var network = new TorchScriptFeatures(TorchScriptFile.Write(_folder, "x: Tensor", Flatten), Small);
        using var images = zeros(1, 2, 4, 4);

        Assert.Throws<DistGanException>(() => network.Features(images));
    }

    [Theory]
    [InlineData(0, 0, 1, 3)]
    [InlineData(8, 1, 1, 3)]
    [InlineData(8, 0, 1, 2)]
    [InlineData(8, double.NaN, 1, 3)]
    public void Settings_OutOfRange_AreRefused(int size, double low, double high, int channels)
        => Assert.Throws<DistGanException>(() => new TorchScriptSettings { Size = size, Low = low, High = high, Channels = channels }.ThrowIfInvalid());

    [Fact]
    public void Open_UnknownName_SaysWhatThereIs()
        => Assert.Contains("fashion, mnist, stacked-fashion, stacked-mnist, random", Assert.Throws<DistGanException>(() => FeatureCatalog.Open("inception", new(1, 28, 28))).Message);
}
