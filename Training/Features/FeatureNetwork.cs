using DistGan.Recipes;
using DistGan.Training.Snapshots;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace DistGan.Training.Features;

/// <summary>
/// A small frozen classifier of grey 28×28 images into ten classes: three times (3×3 convolution, ReLU, 2×2 maximum) with 32,
/// 64 and 96 channels, then 864 → 64 → ReLU → 10. Features are the 64 numbers before that ReLU: half of them are always 0 behind it,
/// and before it they are closer to the Gaussians that a Fréchet distance assumes.
/// </summary>
public sealed class FeatureNetwork : IFrozenClassifier
{
    /// <summary>Number of classes that <see cref="Logits"/> tells apart.</summary>
    public const int Classes = 10;

    /// <summary>Height and width that the network takes.</summary>
    public const int ImageSize = 28;

    internal const int FeatureWidth = 64;
    internal static readonly int[] Channels = [32, 64, 96];

    /// <summary>Images in one forward pass: bounds the memory of a large set.</summary>
    private const int Chunk = 64;

    private readonly Dictionary<string, Tensor> _weights;

    /// <param name="name">What scores call it.</param>
    /// <param name="hash">SHA-256 of the weights' file.</param>
    /// <param name="weights">Arrays by the names that <see cref="FeatureTrainer"/> writes.</param>
    /// <exception cref="DistGanException">An array is missing or has another shape.</exception>
    public FeatureNetwork(string name, string hash, IReadOnlyList<NamedArray> weights)
    {
        (Name, Hash) = (name, hash);
        var shapes = Shapes().ToArray();
        foreach (var (array, shape) in shapes)
        {
            if (!weights.Any(w => w.Name == array && w.Type == "F32" && w.Shape.SequenceEqual(shape)))
            {
                throw new DistGanException($"The weights of feature network {name} do not fit: expected array {array}, F32 [{string.Join(", ", shape)}]; make them again with 'bench features'.");
            }
        }

        _weights = shapes.ToDictionary(static s => s.Name, s => Load(weights.Single(w => w.Name == s.Name)));
    }

    public string Name { get; }

    public string Hash { get; }

    public string Resize => $"centre crop to {ImageSize}×{ImageSize}";

    public int Width => FeatureWidth;

    public int ClassCount => Classes;

    /// <summary>The classifier that is shipped for Fashion-MNIST, fitted on its test images.</summary>
    /// <exception cref="DistGanException">Its file is missing, or has another hash than it was shipped with.</exception>
    public static FeatureNetwork Fashion() => FeatureAssets.Fashion.Network();

    /// <summary>The classifier that is shipped for MNIST, fitted on its training images.</summary>
    /// <exception cref="DistGanException">Its file is missing, or has another hash than it was shipped with.</exception>
    public static FeatureNetwork Mnist() => FeatureAssets.Mnist.Network();

    public Tensor Features(Tensor images) => Run(images, static x => x);

    /// <summary>Images as for <see cref="Features"/> → logits [N, 10]; the caller disposes them.</summary>
    public Tensor Logits(Tensor images) => Run(images, LogitsOf);

    public Tensor LogitsOf(Tensor features)
    {
        using var noGrad = no_grad();
        using var positive = relu(features);
        return linear(positive, _weights["output.weight"], _weights["output.bias"]);
    }

    public void Dispose()
    {
        foreach (var weight in _weights.Values)
        {
            weight.Dispose();
        }
    }

    /// <summary>Names and shapes of the weights.</summary>
    internal static IEnumerable<(string Name, long[] Shape)> Shapes()
    {
        var (before, size) = (1, ImageSize);
        for (var i = 0; i < Channels.Length; i++)
        {
            yield return ($"conv{i + 1}.weight", [Channels[i], before, 3, 3]);
            yield return ($"conv{i + 1}.bias", [Channels[i]]);
            (before, size) = (Channels[i], size / 2);
        }

        yield return ("hidden.weight", [FeatureWidth, before * size * size]);
        yield return ("hidden.bias", [FeatureWidth]);
        yield return ("output.weight", [Classes, FeatureWidth]);
        yield return ("output.bias", [Classes]);
    }

    private static Tensor Load(NamedArray array)
    {
        var weight = empty(array.Shape.ToArray(), ScalarType.Float32);
        array.Bytes.Span.CopyTo(weight.bytes);
        // Outlives the step in which it happens to be opened.
        return weight.DetachFromDisposeScope();
    }

    private Tensor Run(Tensor images, Func<Tensor, Tensor> head)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.shape[1] != 1 || images.shape[2] < ImageSize || images.shape[3] < ImageSize || images.shape[0] == 0)
        {
            throw new DistGanException($"Feature network {Name} takes images [N, 1, {ImageSize} or more, {ImageSize} or more], not [{string.Join(", ", images.shape)}].");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (top, left) = ((images.shape[2] - ImageSize) / 2, (images.shape[3] - ImageSize) / 2);
        var cropped = images.detach().narrow(2, top, ImageSize).narrow(3, left, ImageSize).to(ScalarType.Float32).cpu();
        var parts = new List<Tensor>();
        for (var start = 0L; start < cropped.shape[0]; start += Chunk)
        {
            using var inner = NewDisposeScope();
            parts.Add(head(Penultimate(cropped.narrow(0, start, Math.Min(Chunk, cropped.shape[0] - start)))).MoveToOuterDisposeScope());
        }

        return cat(parts).MoveToOuterDisposeScope();
    }

    private Tensor Penultimate(Tensor x)
    {
        for (var i = 1; i <= Channels.Length; i++)
        {
            using var convolved = conv2d(x, _weights[$"conv{i}.weight"], _weights[$"conv{i}.bias"], padding: [1, 1]);
            x = max_pool2d(convolved.relu_(), 2, 2);
        }

        return linear(x.flatten(1), _weights["hidden.weight"], _weights["hidden.bias"]);
    }
}
