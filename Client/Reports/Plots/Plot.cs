namespace DistGan.Client.Reports.Plots;

/// <summary>One picture of lines over a common horizontal axis.</summary>
public sealed record Plot
{
    public required string Title { get; init; }

    public required IReadOnlyList<PlotSeries> Series { get; init; }

    /// <summary>What the horizontal axis counts.</summary>
    public string XLabel { get; init; } = "step";

    /// <summary>Where the vertical axis begins at the latest; null is where the values do.</summary>
    public double? Low { get; init; }

    /// <summary>Where the vertical axis ends at the earliest.</summary>
    public double? High { get; init; }

    /// <summary>Whether the vertical axis may be logarithmic, where the values are positive and span a factor of fifty.</summary>
    public bool MayBeLog { get; init; }
}
