namespace DistGan.Training.Metrics;

/// <summary>A metric of the catalog.</summary>
/// <param name="Fits">Whether it can be computed.</param>
/// <param name="Make">Makes it; the caller disposes it.</param>
public sealed record MetricEntry(Func<MetricContext, bool> Fits, Func<MetricContext, IMetric> Make);
