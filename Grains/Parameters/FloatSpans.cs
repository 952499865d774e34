using System.Numerics;
using System.Runtime.InteropServices;

namespace DistGan.Grains.Parameters;

/// <summary>Arithmetic of whole ranges of vectors.</summary>
internal static class FloatSpans
{
    /// <summary>Whether every number is finite: x − x is 0 for every finite x and NaN for every other.</summary>
    public static bool IsFinite(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (var vector in vectors)
        {
            if (!Vector.EqualsAll(vector - vector, Vector<float>.Zero))
            {
                return false;
            }
        }

        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>sum ← sum + w·values, in double precision.</summary>
    public static void AddTo(Span<double> sum, ReadOnlySpan<float> values, double weight = 1)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var sums = MemoryMarshal.Cast<double, Vector<double>>(sum);
        for (var i = 0; i < vectors.Length; i++)
        {
            Vector.Widen(vectors[i], out var low, out var high);
            sums[2 * i] += weight * low;
            sums[(2 * i) + 1] += weight * high;
        }

        for (var i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
        {
            sum[i] += weight * values[i];
        }
    }
}
