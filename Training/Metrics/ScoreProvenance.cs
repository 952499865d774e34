namespace DistGan.Training.Metrics;

/// <summary>What has to be equal before two scores may be compared; written beside every score.</summary>
public sealed record ScoreProvenance
{
    /// <summary>Feature network, or null where the score needs none.</summary>
    public string? FeatureNetwork { get; init; }

    /// <summary>SHA-256 (hexadecimal) of the feature network's weights.</summary>
    public string? FeatureHash { get; init; }

    /// <summary>How images get the feature network's size.</summary>
    public string? Resize { get; init; }

    /// <summary>The real side of the comparison: data set and split.</summary>
    public required string Reference { get; init; }

    /// <summary>Real samples behind the reference; 0 where the distribution is known exactly.</summary>
    public long ReferenceSamples { get; init; }

    /// <summary>Numbers that the formula leaves open, such as k or the size of subsets; null where there are none.</summary>
    public string? Protocol { get; init; }

    /// <summary>Generated samples that were scored.</summary>
    public int Samples { get; init; }

    /// <summary>Seed of their latents.</summary>
    public long Seed { get; init; }
}
