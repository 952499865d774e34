using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Features;

/// <summary>The frozen networks that a score can be asked from.</summary>
public static class FeatureCatalog
{
    /// <summary>The shipped classifier of clothes.</summary>
    public const string Fashion = "fashion";

    /// <summary>Fixed random convolutions, for images without a classifier.</summary>
    public const string Random = "random";

    private const string TorchScript = ".pt";

    /// <summary>Every named network, for images with a number of channels.</summary>
    public static IReadOnlyDictionary<string, Func<int, IFeatureNetwork>> Entries { get; } = new Dictionary<string, Func<int, IFeatureNetwork>>
    {
        [Fashion] = static _ => FeatureNetwork.Fashion(),
        [Random] = static channels => new RandomFeatureNetwork(channels),
    };

    /// <summary>Data sets by the name of the network whose classes are theirs.</summary>
    private static readonly Dictionary<string, string> Classified = new(StringComparer.Ordinal)
    {
        [FashionFiles.Name] = Fashion,
        ["fashion-mnist"] = Fashion,
    };

    /// <summary>The network that a data set is scored with unless another is asked for.</summary>
    public static string DefaultFor(IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Shape.Channels == 1 ? Classified.GetValueOrDefault(data.Name, Random) : Random;
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
