using System.Diagnostics.Metrics;
using DistGan.Grains.Interfaces.Telemetry;
using OpenTelemetry.Metrics;

namespace DistGan.Hosting.Telemetry;

/// <summary>How instruments of this project are kept: the buckets of its histograms, and room for no more series than a replica has.</summary>
internal static class MetricViews
{
    // The family with the most members, scores, has 13.
    private const int SeriesOfReplica = 16;

    private static readonly double[] Bytes = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
    private static readonly double[] Seconds = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    /// <summary>The view of an instrument; null for those of others.</summary>
    public static MetricStreamConfiguration? Of(Instrument instrument)
    {
        if (!instrument.Meter.Name.StartsWith(Instruments.Name, StringComparison.Ordinal))
        {
            return null;
        }

        var view = instrument is Histogram<double> or Histogram<long>
            ? new ExplicitBucketHistogramConfiguration { Boundaries = instrument.Unit == "By" ? Bytes : Seconds }
            : new MetricStreamConfiguration();
        if (instrument.Meter.Name.StartsWith(Instruments.OfReplicas, StringComparison.Ordinal))
        {
            view.CardinalityLimit = SeriesOfReplica;
        }

        return view;
    }
}
