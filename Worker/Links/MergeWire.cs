using System.Collections.Concurrent;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Wire;
using DistGan.Training.Links;

namespace DistGan.Worker.Links;

/// <summary>
/// Fewer bytes for merging, with error feedback (Seide et al. 2014; Karimireddy et al. 2019): a contribution c is sent as q = Q(c − r + e), r the newest
/// outcome that both sides have and e what earlier ones lost, and e ← c − r + e − q where it was counted. Without such an r it is c + e, whole,
/// and e ← 0. Running statistics are always whole and exact: they are few, and a variance that is rounded below zero ends a training.
/// </summary>
internal sealed class MergeWire(WireFormat format)
{
    private readonly ConcurrentDictionary<(MergedVector Vector, int Shard), (long Version, ReadOnlyMemory<float> Values)> _outcomes = new();
    private readonly ConcurrentDictionary<(MergedVector Vector, int Shard), float[]> _residuals = new();

    /// <summary>e of each shard that has one, in order of vector and shard.</summary>
    public IReadOnlyList<(MergedVector Vector, int Shard, float[] Values)> Residuals
        => [.. _residuals.Select(static pair => (pair.Key.Vector, pair.Key.Shard, pair.Value)).Order(Comparer<(MergedVector, int, float[])>.Create(
            static (left, right) => (left.Item1, left.Item2).CompareTo((right.Item1, right.Item2))))];

    /// <summary>How the numbers of a vector travel.</summary>
    public WireFormat FormatOf(MergedVector vector) => vector.IsStatistics() ? WireFormat.Float32 : format;

    /// <summary>Forgets all outcomes, and takes over what a snapshot knew of earlier losses.</summary>
    public void Restart(IEnumerable<(MergedVector Vector, int Shard, float[] Values)> residuals)
    {
        _outcomes.Clear();
        _residuals.Clear();
        foreach (var (vector, shard, values) in residuals)
        {
            _residuals[(vector, shard)] = values;
        }
    }

    /// <summary>The merge whose outcome of this shard is known; 0 for none.</summary>
    public long Known(MergePart part) => _outcomes.TryGetValue((part.Vector, part.Shard), out var outcome) ? outcome.Version : 0;

    /// <summary>The shard as a difference to the outcome of merge <paramref name="version"/> where that is known, else whole.</summary>
    public PackedPart Pack(MergePart part, long version)
    {
        var key = (part.Vector, part.Shard);
        if (FormatOf(part.Vector) == WireFormat.Float32 || !_outcomes.TryGetValue(key, out var outcome) || outcome.Version != version)
        {
            return Whole(part);
        }

        var moved = Corrected(part);
        var origin = outcome.Values.Span;
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] -= origin[i];
        }

        var difference = WireNumbers.Of(FormatOf(part.Vector), moved);
        var sent = difference.Read();
        for (var i = 0; i < moved.Length; i++)
        {
            moved[i] -= sent[i];
        }

        return new PackedPart(default, difference, moved);
    }

    /// <summary>The shard whole, with what earlier ones lost.</summary>
    public PackedPart Whole(MergePart part)
        => new(_residuals.ContainsKey((part.Vector, part.Shard)) ? Corrected(part) : part.Contributed, null, null);

    /// <summary>The outcome of a shard's round with its numbers in full; what its contribution lost counts from now on where it was in the round.</summary>
    public MergeAnswer Unpack(MergePart part, MergeAnswer answer)
    {
        var key = (part.Vector, part.Shard);
        if (answer.Difference is { } difference)
        {
            answer = answer with { Values = difference.AddTo(_outcomes[key].Values.Span), Difference = null };
        }

        if (FormatOf(part.Vector) == WireFormat.Float32 || answer.Members == 0)
        {
            return answer;
        }

        _outcomes[key] = (answer.Version, answer.Values);
        if (part.Ticket?.Outcome == OfferOutcome.Counted)
        {
            Keep(key, part.Packed?.Residual);
        }

        return answer;
    }

    private void Keep((MergedVector Vector, int Shard) key, float[]? residual)
    {
        if (residual is null)
        {
            _residuals.TryRemove(key, out _);
        }
        else
        {
            _residuals[key] = residual;
        }
    }

    /// <summary>c + e.</summary>
    private float[] Corrected(MergePart part)
    {
        var values = part.Contributed.ToArray();
        if (_residuals.TryGetValue((part.Vector, part.Shard), out var residual))
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += residual[i];
            }
        }

        return values;
    }
}
