using System.Diagnostics.Metrics;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Telemetry;

namespace DistGan.Worker.Telemetry;

/// <summary>How long committed snapshots took and how large they are.</summary>
internal static class SnapshotTelemetry
{
    private static readonly Histogram<double> Duration = Instruments.Meter.CreateHistogram<double>("distgan.snapshot.duration", "s", "Time that a snapshot took to be written and committed.");
    private static readonly Histogram<long> Size = Instruments.Meter.CreateHistogram<long>("distgan.snapshot.size", "By", "Bytes of a snapshot.");

    public static void Record(ReplicaId replica, TimeSpan duration, long bytes)
    {
        KeyValuePair<string, object?>[] who = [new(Instruments.Job, replica.Job.Value), new(Instruments.Replica, replica.Ordinal)];
        Duration.Record(duration.TotalSeconds, who);
        Size.Record(bytes, who);
    }
}
