using DistGan.Client.Reports.Plots;
using DistGan.Silo.Documents;

namespace DistGan.Client.Reports;

/// <summary>Groups of metrics as plots.</summary>
internal static class MetricPlots
{
    /// <summary>A plot of series with the bounds of a group.</summary>
    public static Plot Plot(this MetricGroup group, string title, IReadOnlyList<PlotSeries> series)
        => new() { Title = title, Series = series, Low = group.Low, High = group.High, MayBeLog = group.MayBeLog };
}
