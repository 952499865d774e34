using DistGan.Grains.Interfaces.Parameters;
using DistGan.Recipes;

namespace DistGan.Grains.Parameters;

/// <summary>
/// Σθ over t updates in double precision and their average θ̄ = (1/t)·Σθ as float32; all of one length, which the first contribution
/// sets.
/// </summary>
public sealed class RunningSum
{
    private double[] _sum = [];

    /// <summary>Updates in the sum.</summary>
    public long Count { get; private set; }

    /// <summary>Contributions that were refused because a number in them was NaN or infinite.</summary>
    public long Refused { get; private set; }

    /// <summary>Adds the sum of <paramref name="count"/> updates; false, and nothing changes, where a number is not finite.</summary>
    /// <exception cref="DistGanException">The length or the count does not fit.</exception>
    public bool Add(ReadOnlySpan<float> values, long count)
    {
        if (count < 1 || (Count > 0 && values.Length != _sum.Length))
        {
            throw new DistGanException(
                $"A contribution of {values.Length} numbers over {count} updates does not fit a sum of {_sum.Length} numbers: all must have one length, over at least one update.");
        }

        if (!FloatSpans.IsFinite(values))
        {
            Refused++;
            return false;
        }

        if (Count == 0)
        {
            _sum = new double[values.Length];
        }

        FloatSpans.AddTo(_sum, values);
        Count += count;
        return true;
    }

    /// <summary>θ̄; empty while nothing was added.</summary>
    public float[] Mean()
    {
        var mean = new float[_sum.Length];
        var divisor = (double)Count;
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = (float)(_sum[i] / divisor);
        }

        return mean;
    }

    /// <summary>A copy of the totals.</summary>
    public ParameterTotals Capture() => new() { Count = Count, Sum = _sum.ToArray() };

    /// <summary>Replaces the totals; null empties them.</summary>
    /// <exception cref="DistGanException">A sum without updates, or updates without a sum.</exception>
    public void Restore(ParameterTotals? totals)
    {
        if (totals is not null && (totals.Count < 0 || (totals.Count == 0) != totals.Sum.IsEmpty))
        {
            throw new DistGanException($"Totals of {totals.Sum.Length} numbers over {totals.Count} updates cannot be restored.");
        }

        _sum = totals?.Sum.ToArray() ?? [];
        Count = totals?.Count ?? 0;
    }
}
