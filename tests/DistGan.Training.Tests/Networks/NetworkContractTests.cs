using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Networks;

public sealed class NetworkContractTests
{
    private const int Batch = 5;
    private const int Latent = 6;

    public static TheoryData<string, int, int, Player> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, Player>();
            foreach (var family in NetworkCatalog.Families.Keys)
            {
                foreach (var (channels, size) in new[] { (1, 28), (3, 28), (1, 32), (3, 32), (3, 64), (1, 128), (2, 0) })
                {
                    if (size > 0 || !ImageNetworks.IsOfImages(family))
                    {
                        cases.Add(family, channels, size, Player.Generator);
                        cases.Add(family, channels, size, Player.Discriminator);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_OfEveryFamily_HasTheShapeAndRangeOfItsPlayer(string family, int channels, int size, Player player)
    {
        using var scope = NewDisposeScope();
        using var made = new Made(family, channels, size, player);

        // Large weights, so that only a bounded last layer keeps images in range.
        made.Parameters.Values.mul_(30);

        var y = made.Forward(Statistics.BatchAndUpdate);

        Assert.Equal(player == Player.Generator ? made.Shape.Batch(Batch) : [Batch, 1], y.shape);
        Assert.Equal(y.shape.Skip(1), made.Network.Output);
        Assert.True(y.isfinite().all().item<bool>());
        if (player == Player.Generator && made.Shape.IsImage)
        {
            Assert.InRange(y.abs().max().item<float>(), 0.5f, 1f);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_OfEveryFamily_IsFiniteAndReachesEveryWeight(string family, int channels, int size, Player player)
    {
        using var scope = NewDisposeScope();
        using var made = new Made(family, channels, size, player);

        (made.Forward(Statistics.Batch) * made.Weights()).sum().backward();

        Assert.True(made.Parameters.Gradient.isfinite().all().item<bool>());
        Assert.All(
            made.Network.Parameters.Entries.Zip(made.Network.Parameters.Views(made.Parameters.Gradient)),
            static pair => Assert.True(pair.Second.abs().max().item<float>() > 0, $"No gradient reaches {pair.First.Name}."));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Split_OfAVector_EqualsLeafViews(string family, int channels, int size, Player player)
    {
        using var scope = NewDisposeScope();
        using var made = new Made(family, channels, size, player);
        var vector = made.Parameters.Values.detach().clone().requires_grad_(true);
        var parts = made.Network.Parameters.Split(vector);

        var leaves = made.Forward(Statistics.Batch);
        var split = made.Network.Forward(new NetworkPass(new WeightViews(parts, parts), made.Buffers.Views, Statistics.Batch), made.Input);
        (leaves * made.Weights()).sum().backward();
        var gradient = Gradients.Of(split * made.Weights(), vector, createGraph: false);

        Numbers.AssertSameBytes(leaves, split);
        Numbers.AssertNear(made.Parameters.Gradient, gradient, 1e-5 * (1 + gradient.abs().max().item<float>()));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_Twice_GivesTheSameBytesAndChangesNothing(string family, int channels, int size, Player player)
    {
        using var scope = NewDisposeScope();
        using var made = new Made(family, channels, size, player);
        var (theta, beta, x) = (VectorBytes.Copy(made.Parameters.Values), VectorBytes.Copy(made.Buffers.Values), VectorBytes.Copy(made.Input));

        var first = made.Forward(Statistics.Batch);
        var second = made.Forward(Statistics.Batch);

        Numbers.AssertSameBytes(first, second);
        Assert.Equal(theta, VectorBytes.Copy(made.Parameters.Values));
        Assert.Equal(beta, VectorBytes.Copy(made.Buffers.Values));
        Assert.Equal(x, VectorBytes.Copy(made.Input));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Layout_OfEveryFamily_HasUniqueNamesAndNoGaps(string family, int channels, int size, Player player)
    {
        using var made = new Made(family, channels, size, player);
        foreach (var layout in new[] { made.Network.Parameters, made.Network.Buffers })
        {
            Assert.Distinct(layout.Entries.Select(static entry => entry.Name));
            var next = 0L;
            foreach (var entry in layout.Entries)
            {
                Assert.Equal(next, entry.Offset);
                next += entry.Length;
            }

            Assert.Equal(next, layout.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Running_OfEveryFamily_MakesASampleIndependentOfItsBatch(string family, int channels, int size, Player player)
    {
        using var scope = NewDisposeScope();
        using var made = new Made(family, channels, size, player);
        _ = made.Forward(Statistics.BatchAndUpdate);
        var alone = made.Network.Forward(made.Pass(Statistics.Running), made.Input.narrow(0, 2, 1));
        var among = made.Forward(Statistics.Running).narrow(0, 2, 1);

        Numbers.AssertNear(alone, among, 1e-5 * (1 + alone.abs().max().item<float>()));
    }

    /// <summary>A network with weights, buffers and an input.</summary>
    internal sealed class Made : IDisposable
    {
        public Made(string family, int channels, int size, Player player)
        {
            using var scope = NewDisposeScope();
            Shape = new SampleShape(channels, size, size);
            var recipe = new PlayerRecipe { Network = family, Width = 8, Activation = "leaky-relu" };
            var maker = NetworkCatalog.Families[family];
            Network = new(player == Player.Generator ? maker.Generator(recipe, Latent, Shape) : maker.Discriminator(recipe, Shape, normalize: true));
            using var generator = new Generator();
            generator.manual_seed(1);
            Parameters = new(Network.Parameters, Network.Parameters.Initialize(generator, CPU), ScalarType.Float32);
            Buffers = new(Network.Buffers, Network.Buffers.Initialize(generator, CPU));
            Input = Numbers.Normal(2, ScalarType.Float32, [Batch, .. Network.Definition.Input]).DetachFromDisposeScope();
        }

        public SampleShape Shape { get; }

        public Network Network { get; }

        public ParameterVector Parameters { get; }

        public BufferVector Buffers { get; }

        public Tensor Input { get; }

        public NetworkPass Pass(Statistics statistics) => new(Parameters.Leaves, Buffers.Views, statistics);

        public Tensor Forward(Statistics statistics) => Network.Forward(Pass(statistics), Input);

        public Tensor Weights() => Numbers.Normal(3, ScalarType.Float32, [Batch, .. Network.Output]);

        public void Dispose()
        {
            Input.Dispose();
            Parameters.Dispose();
            Buffers.Dispose();
        }
    }
}
