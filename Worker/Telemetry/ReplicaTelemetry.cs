using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Telemetry;

namespace DistGan.Worker.Telemetry;

/// <summary>
/// What one replica shows to whoever watches this process: the values of its newest reports as gauges, its steps and images as counters, its rounds and snapshots as
/// histograms. They are on a meter of the replica's own that ends with it, and all its series end with the meter: a process that has trained many jobs neither shows
/// nor remembers all of them for ever.
/// </summary>
internal sealed class ReplicaTelemetry : IDisposable
{
    private static readonly ConcurrentDictionary<ReplicaId, ReplicaTelemetry> Newest = new();

    private readonly ReplicaId _replica;
    private readonly Meter _meter;
    private readonly Histogram<double> _rounds;
    private readonly Histogram<double> _snapshots;
    private readonly Histogram<long> _snapshotBytes;
    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly KeyValuePair<string, object?>[] _who;
    private long _step;
    private long _images;
    private double _seconds;
    private long _stepsHere;
    private long _imagesHere;

    public ReplicaTelemetry(ReplicaId replica)
    {
        _replica = replica;
        _who = [new(Instruments.Job, replica.Job.Value), new(Instruments.Replica, replica.Ordinal)];
        _meter = new Meter($"{Instruments.OfReplicas}{replica}");

        // One that comes back while its former owner still ends has one set of series, not two that contradict each other.
        _ = Newest.AddOrUpdate(replica, this, (_, former) =>
        {
            former._meter.Dispose();
            return this;
        });
        _rounds = _meter.CreateHistogram<double>("distgan.round.duration", "s", "Time between two reports of rounds.");
        _snapshots = _meter.CreateHistogram<double>("distgan.snapshot.duration", "s", "Time that a snapshot took to be written and committed.");
        _snapshotBytes = _meter.CreateHistogram<long>("distgan.snapshot.size", "By", "Bytes of a snapshot.");
        _ = _meter.CreateObservableCounter("distgan.steps", () => new Measurement<long>(Volatile.Read(ref _stepsHere), _who), "{step}", "Steps trained.");
        _ = _meter.CreateObservableCounter("distgan.images", () => new Measurement<long>(Volatile.Read(ref _imagesHere), _who), "{image}", "Real images shown to the discriminator.");
        foreach (var family in ReplicaFamily.All)
        {
            _ = _meter.CreateObservableGauge(family.Name, () => Observe(family), family.Unit, family.Description);
        }
    }

    /// <summary>Counts from here on: at its start, and where a rollback has put the replica. What was counted stays.</summary>
    /// <param name="step">Where the replica stands.</param>
    /// <param name="images">Images that it has shown by then.</param>
    /// <param name="seconds">Seconds that it has trained by then.</param>
    public void StartAt(long step, long images, double seconds) => (_step, _images, _seconds) = (step, images, seconds);

    /// <summary>Takes a report; one of scores has no steps of its own.</summary>
    public void Take(ReplicaProgress progress)
    {
        foreach (var (name, value) in progress.Values)
        {
            _values[name] = value;
        }

        if (progress.Step > _step)
        {
            Interlocked.Add(ref _stepsHere, progress.Step - _step);
            Interlocked.Add(ref _imagesHere, Math.Max(0, progress.Images - _images));
            _rounds.Record(Math.Max(0, progress.Seconds - _seconds), _who);
        }

        StartAt(progress.Step, progress.Images, progress.Seconds);
    }

    /// <summary>Takes a snapshot that was committed: how long that took, and how large it is.</summary>
    public void TakeSnapshot(TimeSpan duration, long bytes)
    {
        _snapshots.Record(duration.TotalSeconds, _who);
        _snapshotBytes.Record(bytes, _who);
    }

    public void Dispose()
    {
        _ = Newest.TryRemove(new(_replica, this));
        _meter.Dispose();
    }

    private IEnumerable<Measurement<double>> Observe(ReplicaFamily family)
    {
        foreach (var (metric, value) in family.Metrics)
        {
            if (_values.TryGetValue(metric, out var known) && double.IsFinite(known))
            {
                yield return new(known, family.Attribute is null ? _who : [.. _who, new(family.Attribute, value)]);
            }
        }
    }
}
