using System.Numerics;
using System.Runtime.InteropServices;
using DistGan.Training.Snapshots;

namespace DistGan.Worker.Snapshots;

/// <summary>Finds NaN and infinities in captured arrays: numbers whose exponent bits are all ones.</summary>
internal static class FiniteCheck
{
    /// <summary>Name of the first array with a number that is not finite; null where all are.</summary>
    public static string? FirstNonFinite(ReplicaState state)
    {
        foreach (var (file, arrays) in state.Files)
        {
            if (arrays.FirstOrDefault(array => !IsFinite(array)) is { } bad)
            {
                return $"{file}: {bad.Name}";
            }
        }

        return null;
    }

    private static bool IsFinite(NamedArray array) => array.Type switch
    {
        "F32" => All(MemoryMarshal.Cast<byte, uint>(array.Bytes.Span), 0x7F80_0000u),
        "F64" => All(MemoryMarshal.Cast<byte, ulong>(array.Bytes.Span), 0x7FF0_0000_0000_0000ul),
        "BF16" => All(MemoryMarshal.Cast<byte, ushort>(array.Bytes.Span), (ushort)0x7F80),
        _ => true,
    };

    private static bool All<T>(ReadOnlySpan<T> bits, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        var mask = new Vector<T>(exponent);
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(bits);
        foreach (var vector in vectors)
        {
            if (Vector.EqualsAny(vector & mask, mask))
            {
                return false;
            }
        }

        foreach (var number in bits[(vectors.Length * Vector<T>.Count)..])
        {
            if ((number & exponent) == exponent)
            {
                return false;
            }
        }

        return true;
    }
}
