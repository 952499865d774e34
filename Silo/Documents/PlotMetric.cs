namespace DistGan.Silo.Documents;

/// <summary>A metric in a plot.</summary>
public sealed record PlotMetric
{
    public required string Name { get; init; }

    /// <summary>What the legend calls it.</summary>
    public required string Label { get; init; }
}
