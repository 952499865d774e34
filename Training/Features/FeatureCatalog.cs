using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Features;

/// <summary>The frozen networks that a score can be asked from.</summary>
public static class FeatureCatalog
{
    /// <summary>The shipped classifier of clothes.</summary>
    public const string Fashion = "fashion";

    /// <summary>The shipped classifier of handwritten digits.</summary>
    public const string Mnist = "mnist";

    /// <summary>What the name of a classifier of stacked images begins with: the name of the classifier of one channel follows.</summary>
    public const string Stacked = "stacked-";

    /// <summary>Fixed random convolutions, for images without a classifier.</summary>
    public const string Random = "random";

    private const string TorchScript = ".pt";

    /// <summary>Every named network, for images with a number of channels.</summary>
    public static IReadOnlyDictionary<string, Func<int, IFeatureNetwork>> Entries { get; } = new Dictionary<string, Func<int, IFeatureNetwork>>
    {
        [Fashion] = static _ => FeatureNetwork.Fashion(),
        [Mnist] = static _ => FeatureNetwork.Mnist(),
        [Stacked + Fashion] = static _ => new StackedClassifier(FeatureNetwork.Fashion()),
        [Stacked + Mnist] = static _ => new StackedClassifier(FeatureNetwork.Mnist()),
        [Random] = static channels => new RandomFeatureNetwork(channels),
    };

    /// <summary>Data sets by the name of the network whose classes are theirs.</summary>
    private static readonly Dictionary<string, string> Classified = new(StringComparer.Ordinal)
    {
        [FashionFiles.Name] = Fashion,
        ["fashion-mnist"] = Fashion,
        ["mnist"] = Mnist,
    };

    /// <summary>The network that a data set is scored with unless another is asked for: a classifier of its classes where there is one for images of that size.</summary>
    public static string DefaultFor(IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data switch
        {
            { Shape.Height: < FeatureNetwork.ImageSize } or { Shape.Width: < FeatureNetwork.ImageSize } => Random,
            StackedDataSet stacked when Classified.TryGetValue(stacked.BaseName, out var digits) => Stacked + digits,
            { Shape.Channels: 1 } => Classified.GetValueOrDefault(data.Name, Random),
            _ => Random,
        };
    }

    /// <summary>A named network, or a TorchScript file (.pt). The caller disposes it.</summary>
    /// <exception cref="DistGanException">There is no such network, or its file is missing or damaged.</exception>
    public static IFeatureNetwork Open(string name, SampleShape shape, TorchScriptSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Entries.TryGetValue(name, out var open))
        {
            return open(shape.Channels);
        }

        return name.EndsWith(TorchScript, StringComparison.OrdinalIgnoreCase)
            ? new TorchScriptFeatures(name, settings ?? new TorchScriptSettings())
            : throw new DistGanException($"There is no feature network '{name}': give {string.Join(", ", Entries.Keys)}, or a TorchScript file that ends in {TorchScript}.");
    }
}
