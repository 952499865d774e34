using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using DistGan.Recipes;
using DistGan.Training.Metrics;
using DistGan.Training.Snapshots;

namespace DistGan.Training.Features;

/// <summary>The files of the shipped feature network: weights, reference statistics, and the card that holds the hashes of both.</summary>
public static class FeatureAssets
{
    /// <summary>Name of the shipped network in scores.</summary>
    public const string Name = "fashion-classifier";

    private const string CardFile = "fashion.json";
    private const string WeightsFile = "fashion.safetensors";
    private const string ReferenceFile = "fashion-reference.safetensors";
    private const string Mean = "mean";
    private const string Covariance = "covariance";
    private const string Count = "count";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where the files are beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Assets", "features");

    /// <summary>The shipped network.</summary>
    /// <exception cref="DistGanException">A file is missing or damaged.</exception>
    public static FeatureNetwork Network() => Network(Folder);

    /// <summary>The network whose files are in a folder.</summary>
    /// <exception cref="DistGanException">A file is missing or damaged.</exception>
    public static FeatureNetwork Network(string folder)
    {
        var card = Card(folder);
        return new FeatureNetwork(card.Name, card.WeightsHash, Arrays(folder, WeightsFile, card.WeightsHash, out _));
    }

    /// <summary>The shipped reference statistics.</summary>
    /// <exception cref="DistGanException">A file is missing or damaged.</exception>
    public static FeatureStatistics Reference()
    {
        var arrays = Arrays(Folder, ReferenceFile, Card(Folder).ReferenceHash, out var metadata);
        return new FeatureStatistics(Numbers(arrays, Mean), Numbers(arrays, Covariance), long.Parse(metadata[Count]));
    }

    /// <summary>What is known about the shipped network.</summary>
    /// <exception cref="DistGanException">The file is missing or damaged.</exception>
    public static FeatureCard Card() => Card(Folder);

    /// <summary>Writes the three files; the card gets the hashes of the other two.</summary>
    public static FeatureCard Write(string folder, IReadOnlyList<NamedArray> weights, FeatureStatistics reference, FeatureCard card)
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
    public static string HashOf(IReadOnlyList<NamedArray> weights) => Convert.ToHexStringLower(SHA256.HashData(Bytes(weights, new() { ["network"] = Name })));

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

    private static FeatureCard Card(string folder)
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
