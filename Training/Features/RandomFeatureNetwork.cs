using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DistGan.Recipes;
using static DistGan.Training.Arithmetic.Scalars;
using static TorchSharp.torch.nn.functional;
using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>
/// A fixed random network for images without a classifier: three times (3×3 convolution of stride 2, leaky ReLU) with 32, 64
/// and 64 channels, then the mean over each channel. Weights are N(0, 2/fan-in) from a constant seed, so they are the same
/// on every machine of one build. It sees texture and contrast rather than content: scores compare only with each other.
/// </summary>
public sealed class RandomFeatureNetwork : IFeatureNetwork
{
    private const int FeatureWidth = 64;
    private const int LeastSize = 8;
    private const int Chunk = 64;
    private static readonly int[] Channels = [32, 64, FeatureWidth];

    private readonly List<Tensor> _weights = [];
    private readonly int _channels;

    /// <param name="channels">Channels of the images.</param>
    public RandomFeatureNetwork(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        _channels = channels;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (random, before) = (new SeedSequence(0, 0).RandomFor("random-features"), channels);
        foreach (var after in Channels)
        {
            var values = Draw(random, after * before * 9, Math.Sqrt(2.0 / (before * 9)));
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
            _weights.Add(tensor(values, [after, before, 3, 3]).DetachFromDisposeScope());
            before = after;
        }

        Hash = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public string Name => "random-convolutions";

    public string Hash { get; }

    public string Resize => "none";

    public int Width => FeatureWidth;

    public Tensor Features(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.shape[1] != _channels || Math.Min(images.shape[2], images.shape[3]) < LeastSize || images.shape[0] == 0)
        {
            throw new DistGanException($"Feature network {Name} takes images [N, {_channels}, {LeastSize} or more, {LeastSize} or more], not [{string.Join(", ", images.shape)}].");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var host = images.detach().to(ScalarType.Float32).cpu();
        var parts = new List<Tensor>();
        for (var start = 0L; start < host.shape[0]; start += Chunk)
        {
            using var inner = NewDisposeScope();
            var x = host.narrow(0, start, Math.Min(Chunk, host.shape[0] - start));
            parts.Add(_weights.Aggregate(x, static (y, w) => conv2d(y, w, strides: [2, 2], padding: [1, 1]).leaky_relu(Of(0.2))).mean([2L, 3L]).MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var weight in _weights)
        {
            weight.Dispose();
        }
    }

    private static float[] Draw(Random random, int count, double deviation)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
