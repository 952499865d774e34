namespace DistGan.Silo.Documents;

/// <summary>What the replicas of a job reported, in columns.</summary>
public sealed record MetricsDocument
{
    public string Schema { get; init; } = "distgan.metrics/1";

    public required string Job { get; init; }

    public required IReadOnlyList<MetricColumns> Replicas { get; init; }

    /// <summary>Which metrics belong in which plot, in the order in which people want to see them.</summary>
    public required IReadOnlyList<PlotDocument> Plots { get; init; }
}
