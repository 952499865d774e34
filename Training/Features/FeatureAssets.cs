using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using DistGan.Recipes;
using DistGan.Training.Metrics;
using DistGan.Training.Snapshots;

namespace DistGan.Training.Features;

/// <summary>The files of a shipped feature network: weights, reference statistics, and the card that holds the hashes of both.</summary>
public sealed class FeatureAssets
{
    private const string Mean = "mean";
    private const string Covariance = "covariance";
    private const string Count = "count";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private FeatureAssets(string stem, string referenceName) => (Stem, ReferenceName) = (stem, referenceName);

    /// <summary>Clothes: fitted on the test split of Fashion-MNIST, referred to its training split.</summary>
    public static FeatureAssets Fashion { get; } = new("fashion", "Fashion-MNIST, training split");

    /// <summary>Handwritten digits: fitted on the training split of MNIST, referred to its test split.</summary>
    public static FeatureAssets Mnist { get; } = new("mnist", "MNIST, test split");

    /// <summary>Every shipped network.</summary>
    public static IReadOnlyList<FeatureAssets> All { get; } = [Fashion, Mnist];

    /// <summary>Where the files are beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Assets", "features");

    /// <summary>What the names of its files begin with; also its name among the feature networks.</summary>
    public string Stem { get; }

    /// <summary>Data set and split that <see cref="Reference"/> is of.</summary>
    public string ReferenceName { get; }

    /// <summary>Name of the network in scores.</summary>
    public string Name => $"{Stem}-classifier";

    private string CardFile => $"{Stem}.json";

    private string WeightsFile => $"{Stem}.safetensors";

    private string ReferenceFile => $"{Stem}-reference.safetensors";

    /// <summary>The shipped network.</summary>
    /// <exception cref="DistGanException">A file is missing or damaged.</exception>
    public FeatureNetwork Network() => Network(Folder);

    /// <summary>The network whose files are in a folder.</summary>
    /// <exception cref="DistGanException">A file is missing or damaged.</exception>
    public FeatureNetwork Network(string folder)
    {
        var card = Card(folder);
        return new FeatureNetwork(card.Name, card.WeightsHash, Arrays(folder, WeightsFile, card.WeightsHash, out _));
    }

    /// <summary>The shipped reference statistics.</summary>
    /// <exception cref="DistGanException">A file is missing or damaged.</exception>
    public FeatureStatistics Reference()
    {
        var arrays = Arrays(Folder, ReferenceFile, Card(Folder).ReferenceHash, out var metadata);
        return new FeatureStatistics(Numbers(arrays, Mean), Numbers(arrays, Covariance), long.Parse(metadata[Count]));
    }

    /// <summary>What is known about the shipped network.</summary>
    /// <exception cref="DistGanException">The file is missing or damaged.</exception>
    public FeatureCard Card() => Card(Folder);

    /// <summary>Writes the three files; the card gets the hashes of the other two.</summary>
    public FeatureCard Write(string folder, IReadOnlyList<NamedArray> weights, FeatureStatistics reference, FeatureCard card)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Directory.CreateDirectory(folder);
        NamedArray[] statistics =
        [
            new(Mean, "F64", [reference.Width], MemoryMarshal.AsBytes(reference.Mean.AsSpan()).ToArray()),
            new(Covariance, "F64", [reference.Width, reference.Width], MemoryMarshal.AsBytes(reference.Covariance.AsSpan()).ToArray()),
        ];
        var complete = card with
        {
            WeightsHash = Write(Path.Combine(folder, WeightsFile), weights, new() { ["network"] = Name }),
            ReferenceHash = Write(Path.Combine(folder, ReferenceFile), statistics, new() { [Count] = $"{reference.Count}" }),
        };
        File.WriteAllText(Path.Combine(folder, CardFile), JsonSerializer.Serialize(complete, Indented) + "\n");
        return complete;
    }

    /// <summary>SHA-256 (hexadecimal, lower case) of weights as <see cref="Write(string, IReadOnlyList{NamedArray}, FeatureStatistics, FeatureCard)"/> writes them.</summary>
    public string HashOf(IReadOnlyList<NamedArray> weights) => Convert.ToHexStringLower(SHA256.HashData(Bytes(weights, new() { ["network"] = Name })));

    private static string Write(string path, IReadOnlyList<NamedArray> arrays, Dictionary<string, string> metadata)
    {
        var bytes = Bytes(arrays, metadata);
        File.WriteAllBytes(path, bytes);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static byte[] Bytes(IReadOnlyList<NamedArray> arrays, Dictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, arrays, metadata);
        return stream.ToArray();
    }

    private FeatureCard Card(string folder)
    {
        var path = Path.Combine(folder, CardFile);
        try
        {
            return JsonSerializer.Deserialize<FeatureCard>(ReadFile(path)) ?? throw new JsonException("it is empty");
        }
        catch (JsonException error)
        {
            throw new DistGanException($"{path} is damaged: {error.Message} Build or install the program again.", error);
        }
    }

    private static IReadOnlyList<NamedArray> Arrays(string folder, string file, string expected, out IReadOnlyDictionary<string, string> metadata)
    {
        var path = Path.Combine(folder, file);
        var bytes = ReadFile(path);
        var actual = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return actual == expected
            ? Safetensors.Read(new MemoryStream(bytes), path, out metadata)
            : throw new DistGanException($"{path} is not the file that was shipped: expected SHA-256 {expected}, found {actual}; build or install the program again.");
    }

    private static byte[] ReadFile(string path)
        => File.Exists(path) ? File.ReadAllBytes(path) : throw new DistGanException($"The feature network's file {path} is missing: build or install the program again.");

    private static double[] Numbers(IReadOnlyList<NamedArray> arrays, string name)
        => MemoryMarshal.Cast<byte, double>(arrays.Single(array => array.Name == name).Bytes.Span).ToArray();
}
