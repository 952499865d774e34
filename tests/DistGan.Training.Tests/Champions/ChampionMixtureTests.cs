using DistGan.Recipes;
using DistGan.Training.Champions;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Metrics;
using DistGan.Training.Snapshots;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Champions;

/// <summary>A generator whose points are spread over the plane, and modes that halve it.</summary>
[Collection(ExclusiveCollection.Name)]
public sealed class ChampionMixtureTests : IDisposable
{
    private static readonly Recipe Points = new()
    {
        Data = new DataRecipe { Name = "ring" },
        Latent = new LatentRecipe { Size = 2 },
        Generator = new PlayerRecipe { Network = "mlp", Width = 8, Depth = 1 },
        Discriminator = new PlayerRecipe { Network = "mlp", Width = 8, Depth = 1 },
        Precision = "float32",
    };

    private readonly TrainedGenerator _generator = Random();

    [Fact]
    public void Draw_Shares_GivesEachModeItsPartOfItsOwnSamples()
    {
        using var modes = new Halves();
        var mixture = new ChampionMixture(new Dictionary<int, TrainedGenerator> { [0] = _generator, [1] = _generator }, modes);

        using var drawn = mixture.Draw(new Dictionary<int, double> { [1] = 3, [0] = 1 }, 400, seed: 7);

        using var samples = new ScoredSamples(drawn.Samples);
        Assert.Equal([.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 300)], modes.Of(samples));
        Assert.Equal([(0, 100), (1, 300)], drawn.Parts.Select(static part => (part.Mode, part.Count)));
        Assert.All(drawn.Parts, static part => Assert.InRange(part.Acceptance!.Value, 0.05, 0.95));
        Assert.All(drawn.Parts, static part => Assert.True(part.Accepted >= part.Count && part.Drawn % 256 == 0));
    }

    [Fact]
    public void Draw_TheSameSeed_GivesTheSameSamplesAndFreesTheRest()
    {
        TensorCount.Settle();
        var before = Tensor.TotalCount;
        Assert.Equal(Bytes(7), Bytes(7));
        Assert.NotEqual(Bytes(7), Bytes(8));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Draw_AChampionThatNeverMakesItsMode_IsRefusedInASentence()
    {
        using var modes = new Halves();
        var mixture = new ChampionMixture(new Dictionary<int, TrainedGenerator> { [2] = _generator }, modes);

        var error = Assert.Throws<DistGanException>(() => mixture.Draw(new Dictionary<int, double> { [2] = 1 }, 10, seed: 1));

        Assert.Contains("The champion of mode 2 made 0 samples", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _generator.Dispose();

    private byte[] Bytes(long seed)
    {
        using var modes = new Halves();
        using var drawn = new ChampionMixture(new Dictionary<int, TrainedGenerator> { [1] = _generator }, modes).Draw(new Dictionary<int, double> { [1] = 1 }, 50, seed);
        var bytes = new byte[50 * 8];
        SampleCodec.Encode(drawn.Samples, bytes);
        return bytes;
    }

    private static TrainedGenerator Random()
    {
        using var data = DataCatalog.Open(Points.Data, 1);
        using var replica = ReplicaFactory.Create(Points, data, 0, LocalLinks.For(Points, data.Shape), CPU);
        IReadOnlyList<NamedArray> weights = replica.Capture().Files["generator"];
        return new TrainedGenerator(Points, data.Shape, weights);
    }

    /// <summary>Mode 0 left of the middle of what this generator makes, mode 1 right of it; nothing is of mode 2.</summary>
    private sealed class Halves : IModes
    {
        public int Count => 3;

        public IReadOnlyList<double> RealShares { get; } = [0.5, 0.5, 0];

        public int[] Of(ScoredSamples samples)
        {
            using var x = samples.Values.select(1, 0).contiguous();
            return [.. x.data<float>().ToArray().Select(static value => value < 0 ? 0 : 1)];
        }

        public IReadOnlyList<ModeQuality> Judge(ScoredSamples samples) => [ModeQuality.None, ModeQuality.None, ModeQuality.None];

        public void Dispose()
        {
            // Nothing.
        }
    }
}
