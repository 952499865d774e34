using System.Text.Json;

namespace DistGan.Client.Runs.Contents;

/// <summary>What has to be equal before two scores of one name may be compared; what a line does not tell is null.</summary>
public sealed record ScoreKey
{
    private const int ShownOfAHash = 12;

    public string? FeatureNetwork { get; init; }

    /// <summary>SHA-256 (hexadecimal) of the feature network's weights.</summary>
    public string? FeatureHash { get; init; }

    public string? Resize { get; init; }

    /// <summary>Data set and split of the real side.</summary>
    public string? Reference { get; init; }

    public long? ReferenceSamples { get; init; }

    /// <summary>Generated samples that were scored.</summary>
    public long? Samples { get; init; }

    /// <summary>The key of one metric's provenance.</summary>
    public static ScoreKey Of(JsonElement provenance) => new()
    {
        FeatureNetwork = provenance.Text("feature_network"),
        FeatureHash = provenance.Text("feature_hash"),
        Resize = provenance.Text("resize"),
        Reference = provenance.Text("reference"),
        ReferenceSamples = provenance.Whole("reference_samples"),
        Samples = provenance.Whole("samples"),
    };

    /// <summary>The network and the number of samples, in a few words; empty where neither is told.</summary>
    public string Words => string.Join(", ", new[] { FeatureNetwork is null ? null : $"{FeatureNetwork}{Shortened(FeatureHash, " ")}", Samples is null ? null : $"{Samples} samples" }.OfType<string>());

    /// <summary>What differs between keys, with the values; nothing where all are equal.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<ScoreKey> keys)
    {
        var isSameNetwork = keys.Select(static key => key.FeatureNetwork).Distinct().Count() == 1;
        return [.. new[]
        {
            Difference("feature network", keys, static key => key.FeatureNetwork),
            isSameNetwork ? Difference("feature network's weights", keys, static key => Shortened(key.FeatureHash, "")) : null,
            Difference("resize", keys, static key => key.Resize),
            Difference("reference", keys, static key => key.Reference),
            Difference("reference samples", keys, static key => key.ReferenceSamples?.ToString()),
            Difference("samples", keys, static key => key.Samples?.ToString()),
        }.OfType<string>()];
    }

    private static string? Difference(string what, IReadOnlyList<ScoreKey> keys, Func<ScoreKey, string?> value)
    {
        var values = keys.Select(value).Distinct(StringComparer.Ordinal).ToList();
        return values.Count < 2 ? null : $"{what} ({string.Join(" or ", values.Select(static one => one ?? "not told"))})";
    }

    private static string? Shortened(string? hash, string before) => hash is null ? null : before + (hash.Length > ShownOfAHash ? hash[..ShownOfAHash] : hash);
}
