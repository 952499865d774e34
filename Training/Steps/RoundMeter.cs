using System.Text.Json.Nodes;
using DistGan.Training.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Steps;

/// <summary>Means of scalars over a round, summed on the device so that no step waits for a number.</summary>
public sealed class RoundMeter(Device device) : IDisposable
{
    private readonly Dictionary<string, Sum> _sums = [];

    /// <summary>Adds a scalar without a graph; it is read, not kept.</summary>
    public void Add(string name, Tensor value)
    {
        if (!_sums.TryGetValue(name, out var sum))
        {
            sum = new Sum(zeros(1, ScalarType.Float64, device).DetachFromDisposeScope());
            _sums.Add(name, sum);
        }

        sum.Total.AddInPlace(value);
        sum.Count++;
    }

    /// <summary>Whether there is a value of this name since the last <see cref="Drain"/>.</summary>
    public bool Has(string name) => _sums.TryGetValue(name, out var sum) && sum.Count > 0;

    /// <summary>The means since the last call, by name; names without a value are absent.</summary>
    public Dictionary<string, double> Drain()
    {
        // A number on another device is read through a copy, which nothing else would keep.
        using var scope = NewDisposeScope();
        var means = new Dictionary<string, double>();
        foreach (var (name, sum) in _sums.Where(static pair => pair.Value.Count > 0))
        {
            means[name] = sum.Total.item<double>() / sum.Count;
            sum.Total.zero_();
            sum.Count = 0;
        }

        return means;
    }

    /// <summary>Sums (which may be infinite or no number) and counts of the round that is under way, so that a resumed round reports the same means.</summary>
    public IEnumerable<(string Name, double Total, long Count)> Capture()
        => _sums.Where(static pair => pair.Value.Count > 0)
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => (pair.Key, pair.Value.Total.item<double>(), pair.Value.Count));

    /// <summary>Goes back to captured sums.</summary>
    public void Restore(IEnumerable<(string Name, double Total, long Count)> sums)
    {
        _ = Drain();
        foreach (var (name, total, count) in sums)
        {
            using var value = tensor(total, ScalarType.Float64, device);
            Add(name, value);
            _sums[name].Count = count;
        }
    }

    /// <summary>What <see cref="Capture"/> gives, with sums as bits: one that is not finite is no JSON number.</summary>
    public JsonArray ToJson()
        => new([.. Capture().Select(static sum => (JsonNode)new JsonArray(sum.Name, BitConverter.DoubleToInt64Bits(sum.Total), sum.Count))]);

    /// <summary>Goes back to what <see cref="ToJson"/> gave.</summary>
    public void FromJson(JsonArray sums)
        => Restore(sums.Select(static sum => (sum![0]!.GetValue<string>(), BitConverter.Int64BitsToDouble(sum[1]!.GetValue<long>()), sum[2]!.GetValue<long>())));

    public void Dispose()
    {
        foreach (var sum in _sums.Values)
        {
            sum.Total.Dispose();
        }
    }

    private sealed class Sum(Tensor total)
    {
        public Tensor Total { get; } = total;

        public long Count { get; set; }
    }
}
