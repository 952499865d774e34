using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Telemetry;

namespace DistGan.Worker.Telemetry;

/// <summary>
/// What one replica shows to whoever watches this process: the values of its newest reports as gauges, its steps and images as counters. Gone with the replica, so that
/// a process that has trained many jobs does not show all of them for ever.
/// </summary>
internal sealed class ReplicaTelemetry : IDisposable
{
    private static readonly ConcurrentDictionary<ReplicaTelemetry, bool> Live = new();
    private static readonly Counter<long> Steps = Instruments.Meter.CreateCounter<long>("distgan.steps", "{step}", "Steps trained.");
    private static readonly Counter<long> Images = Instruments.Meter.CreateCounter<long>("distgan.images", "{image}", "Real images shown to the discriminator.");
    private static readonly Histogram<double> Rounds = Instruments.Meter.CreateHistogram<double>("distgan.round.duration", "s", "Time between two reports of rounds.");

    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);
    private readonly KeyValuePair<string, object?>[] _who;
    private long? _step;
    private long _images;
    private double _seconds;

    static ReplicaTelemetry()
    {
        foreach (var family in ReplicaFamily.All)
        {
            _ = Instruments.Meter.CreateObservableGauge(family.Name, () => Live.Keys.SelectMany(replica => replica.Observe(family)), family.Unit, family.Description);
        }
    }

    public ReplicaTelemetry(ReplicaId replica)
    {
        _who = [new(Instruments.Job, replica.Job.Value), new(Instruments.Replica, replica.Ordinal)];
        _ = Live.TryAdd(this, true);
    }

    /// <summary>Takes a report; one of scores has no steps of its own.</summary>
    public void Take(ReplicaProgress progress)
    {
        foreach (var (name, value) in progress.Values)
        {
            _values[name] = value;
        }

        if (_step is { } before && progress.Step > before)
        {
            Steps.Add(progress.Step - before, _who);
            Images.Add(Math.Max(0, progress.Images - _images), _who);
            Rounds.Record(Math.Max(0, progress.Seconds - _seconds), _who);
        }

        (_step, _images, _seconds) = (progress.Step, progress.Images, progress.Seconds);
    }

    public void Dispose() => Live.TryRemove(this, out _);

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
