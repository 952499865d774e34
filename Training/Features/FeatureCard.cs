using System.Text.Json.Serialization;

namespace DistGan.Training.Features;

/// <summary>What is known about a shipped feature network; stands beside its weights as JSON.</summary>
public sealed record FeatureCard
{
    [JsonPropertyName("schema")]
    public int Schema { get; init; } = 1;

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>SHA-256 of the weights' file.</summary>
    [JsonPropertyName("weights_sha256")]
    public required string WeightsHash { get; init; }

    /// <summary>SHA-256 of the reference statistics' file.</summary>
    [JsonPropertyName("reference_sha256")]
    public required string ReferenceHash { get; init; }

    [JsonPropertyName("fitted_on")]
    public required string FittedOn { get; init; }

    [JsonPropertyName("reference")]
    public required string Reference { get; init; }

    /// <summary>Share of right answers on images of the fitted split that were held out to stop early.</summary>
    [JsonPropertyName("held_out_accuracy")]
    public required double HeldOutAccuracy { get; init; }

    /// <summary>Share of right answers on the reference images, none of which it was fitted on.</summary>
    [JsonPropertyName("reference_accuracy")]
    public required double ReferenceAccuracy { get; init; }

    [JsonPropertyName("made_by")]
    public required string MadeBy { get; init; }
}
