namespace DistGan.Silo.Documents;

/// <summary>Metrics that belong in one plot.</summary>
public sealed record PlotDocument
{
    public required string Title { get; init; }

    public required IReadOnlyList<PlotMetric> Metrics { get; init; }

    /// <summary>Where the vertical axis begins at the latest; null for where the values do.</summary>
    public required double? Low { get; init; }

    /// <summary>Where it ends at the earliest.</summary>
    public required double? High { get; init; }

    /// <summary>Whether it may be logarithmic.</summary>
    public required bool MayBeLog { get; init; }

    /// <summary>The plots for metrics, in their order.</summary>
    /// <param name="metrics">Names in the reports.</param>
    /// <param name="scores">Those of them that are scores.</param>
    public static IReadOnlyList<PlotDocument> For(IReadOnlySet<string> metrics, IReadOnlyCollection<string> scores) => [.. MetricGroup.For(metrics, scores).Select(static group => new PlotDocument
    {
        Title = group.Title,
        Metrics = [.. group.Metrics.Select(static metric => new PlotMetric { Name = metric.Name, Label = metric.Label })],
        Low = group.Low,
        High = group.High,
        MayBeLog = group.MayBeLog,
    })];
}
