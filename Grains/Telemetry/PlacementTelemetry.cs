using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DistGan.Grains.Interfaces.Telemetry;

namespace DistGan.Grains.Telemetry;

/// <summary>What the directory of slots shows, on the silo where it lives: one directory shows one set of values, and none once it has gone.</summary>
internal sealed class PlacementTelemetry
{
    private static readonly ConcurrentDictionary<PlacementTelemetry, bool> Live = new();
    private (int Taken, int Free, int Waiting)? _shown;

    static PlacementTelemetry()
    {
        _ = Instruments.Meter.CreateObservableGauge("distgan.slots", static () => Live.Keys.SelectMany(static one => one.Slots()), "{slot}", "Slots of the cluster.");
        _ = Instruments.Meter.CreateObservableGauge("distgan.queue.replicas", static () => Live.Keys.SelectMany(static one => one.Queue()), "{replica}", "Replicas that wait for a slot.");
    }

    public PlacementTelemetry() => Live.TryAdd(this, true);

    public void Show(int taken, int free, int waiting) => _shown = (taken, free, waiting);

    public void Leave() => Live.TryRemove(this, out _);

    private IEnumerable<Measurement<int>> Slots()
    {
        if (_shown is { } shown)
        {
            yield return new(shown.Taken, new KeyValuePair<string, object?>("state", "taken"));
            yield return new(shown.Free, new KeyValuePair<string, object?>("state", "free"));
        }
    }

    private IEnumerable<Measurement<int>> Queue()
    {
        if (_shown is { } shown)
        {
            yield return new(shown.Waiting);
        }
    }
}
