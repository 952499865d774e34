using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;
using DistGan.Training.Metrics;
using DistGan.Training.Tests.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Features;

/// <summary>The trainer draws from the generator of the whole process: nothing runs beside these tests.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class FeatureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fashion_OnTheShippedImages_AnswersAsTheCardSays()
    {
        using var data = DataCatalog.Open(new DataRecipe(), seed: 1);
        using var network = FeatureNetwork.Fashion();
        var card = FeatureAssets.Fashion.Card();

        var accuracy = FeatureTrainer.Accuracy(network, data, [.. Enumerable.Range(0, 1000)]);

        Assert.Equal(card.WeightsHash, network.Hash);
        Assert.True(card.ReferenceAccuracy > 0.87, $"the card says {card.ReferenceAccuracy}");
        Assert.True(accuracy > card.ReferenceAccuracy - 0.03, $"{accuracy} of the first thousand images are recognised");
    }

    [Fact]
    public void Mnist_Card_SaysWhatItWasFittedOnAndHowWellItAnswers()
    {
        using var network = FeatureNetwork.Mnist();
        var card = FeatureAssets.Mnist.Card();

        Assert.Equal((card.WeightsHash, "mnist-classifier"), (network.Hash, network.Name));
        Assert.Contains("training split", card.FittedOn, StringComparison.Ordinal);
        Assert.Contains("test split", card.Reference, StringComparison.Ordinal);
        Assert.True(card.ReferenceAccuracy > 0.99, $"the card says {card.ReferenceAccuracy}");
    }

    [Fact]
    public void Mnist_ADrawnOne_IsAOne()
    {
        using var network = FeatureNetwork.Mnist();
        using var image = full([1, 1, 28, 28], -1f);
        // A stroke of 20 by 3 pixels.
        image.narrow(2, 4, 20).narrow(3, 13, 3).fill_(1f);

        using var logits = network.Logits(image);

        Assert.Equal(1, logits.argmax(1).item<long>());
    }

    [Theory]
    [InlineData("fashion", 60_000)]
    [InlineData("mnist", 10_000)]
    public void Reference_OfEveryNetwork_IsOfTheOtherSplitAndSymmetric(string stem, long count)
    {
        var assets = FeatureAssets.All.Single(assets => assets.Stem == stem);
        var statistics = assets.Reference();
        using var network = assets.Network();

        Assert.Equal((count, network.Width), (statistics.Count, statistics.Width));
        for (var i = 0; i < statistics.Width; i++)
        {
            Assert.True(statistics.Covariance[i * statistics.Width + i] > 0, $"feature {i} never changes");
            for (var j = 0; j < i; j++)
            {
                Assert.Equal(statistics.Covariance[i * statistics.Width + j], statistics.Covariance[j * statistics.Width + i], 1e-12);
            }
        }
    }

    [Fact]
    public void Network_FileWithAnotherHash_IsRefused()
    {
        foreach (var file in Directory.GetFiles(FeatureAssets.Folder))
        {
            _folder.Write(Path.GetFileName(file), File.ReadAllBytes(file));
        }

        FeatureAssets.Fashion.Network(_folder.Path).Dispose();
        var path = Path.Combine(_folder.Path, "fashion.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        _folder.Write("fashion.safetensors", bytes);

        var error = Assert.Throws<DistGanException>(() => FeatureAssets.Fashion.Network(_folder.Path));

        Assert.Contains(path, error.Message);
        Assert.Contains(FeatureAssets.Fashion.Card().WeightsHash, error.Message);
    }

    [Fact]
    public void Network_EmptyFolder_SaysWhichFileIsMissing()
        => Assert.Contains("fashion.json", Assert.Throws<DistGanException>(() => FeatureAssets.Fashion.Network(_folder.Path)).Message);

    [Fact]
    public void Constructor_MissingArray_NamesIt()
        => Assert.Contains("conv1.weight", Assert.Throws<DistGanException>(() => new FeatureNetwork("x", "", [])).Message);

    [Theory]
    [InlineData(1, 3, 28, 28)]
    [InlineData(1, 1, 27, 28)]
    [InlineData(0, 1, 28, 28)]
    public void Features_ImagesThatDoNotFit_AreRefused(long count, long channels, long height, long width)
    {
        using var network = FeatureNetwork.Fashion();
        using var images = zeros(count, channels, height, width);

        Assert.Throws<DistGanException>(() => network.Features(images));
    }

    [Fact]
    public void Train_ShortRun_LearnsAndGivesTheSameWeightsAgain()
    {
        using var data = Subset(900);
        var options = new FeatureTrainingOptions { Passes = 2, HeldOut = 200, Batch = 50 };
        var losses = new List<double>();

        var one = new FeatureTrainer(options, (_, loss, _) => losses.Add(loss)).Train(data);
        var two = new FeatureTrainer(options, static (_, _, _) => { }).Train(data);

        Assert.True(losses[1] < losses[0], $"the loss went from {losses[0]} to {losses[1]}");
        Assert.True(one.HeldOutAccuracy > 0.3, $"{one.HeldOutAccuracy} of held-out images are recognised");
        Assert.Equal(FeatureAssets.Fashion.HashOf(one.Weights), FeatureAssets.Fashion.HashOf(two.Weights));
    }

    [Fact]
    public void Fold_AfterUpdates_GivesTheLogitsOfTheNetworkWithNormalisation()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        using var classifier = new TrainableClassifier(dropout: 0.5);
        var images = rand(32, 1, 28, 28) * 2 - 1;
        for (var i = 0; i < 5; i++)
        {
            classifier.forward(images * (1 + i));
        }

        classifier.eval();
        using var network = new FeatureNetwork("folded", "", classifier.Fold());

        Assert.True(network.Logits(images).allclose(classifier.forward(images), rtol: 1e-3, atol: 1e-4));
    }

    [Fact]
    public void Update_OfDecayingAdam_HasTheBitsOfTheLibrarysAdamW()
    {
        using var scope = NewDisposeScope();
        var (own, library) = (nn.Parameter(Numbers.Normal(1, ScalarType.Float32, 5)), nn.Parameter(Numbers.Normal(1, ScalarType.Float32, 5)));
        using var optimizer = new DecayingAdam([own], decay: 0.05) { Rate = 2e-3 };
        using var reference = optim.AdamW([library], 2e-3, weight_decay: 0.05);
        for (var step = 1; step <= 3; step++)
        {
            own.grad = Numbers.Normal(10 + step, ScalarType.Float32, 5);
            library.grad = own.grad.clone();
            optimizer.Update();
            reference.step();
        }

        Numbers.AssertSameBytes(library, own);
    }

    [Fact]
    public void Train_ImagesOfAnotherSize_AreRefused()
    {
        using var data = DataCatalog.Open(new DataRecipe { Size = 32 }, seed: 1);

        Assert.Contains("1×32×32", Assert.Throws<DistGanException>(() => new FeatureTrainer(new(), static (_, _, _) => { }).Train(data)).Message);
    }

    private StoredImages Subset(int count)
    {
        using var data = DataCatalog.Open(new DataRecipe(), seed: 1);
        var (images, labels) = (new byte[count * 784], new byte[count]);
        for (var i = 0; i < count; i++)
        {
            data.Read(i, images.AsSpan(i * 784, 784));
            labels[i] = (byte)data.LabelOf(i);
        }

        return IdxDataSet.Open("subset", _folder.Write("images", IdxBytes.Of(images, count, 28, 28)), _folder.Write("labels", IdxBytes.Of(labels, count)), 28);
    }
}
