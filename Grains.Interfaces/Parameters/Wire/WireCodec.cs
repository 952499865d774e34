using System.Runtime.InteropServices;

namespace DistGan.Grains.Interfaces.Parameters.Wire;

/// <summary>
/// Numbers as bytes, little endian. float32: as they are. bfloat16: the upper 16 bits, rounded to the nearest, ties to even; one too large becomes
/// infinite. int8: blocks of 256 numbers, each a float32 scale s = max|x| / 127 followed by its q = round(x / s) in [−127, 127]; x ≈ s·q.
/// </summary>
public static class WireCodec
{
    /// <summary>Numbers that share a scale.</summary>
    public const int Block = 256;

    private const float Largest = 127;
    private const int BlockBytes = sizeof(float) + Block;

    /// <summary>Bytes of so many numbers.</summary>
    public static int Length(WireFormat format, int count) => format switch
    {
        WireFormat.Float32 => count * sizeof(float),
        WireFormat.BFloat16 => count * sizeof(ushort),
        WireFormat.Int8 => count + ((count + Block - 1) / Block * sizeof(float)),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
    };

    /// <summary>The numbers as bytes. One that is not finite stays so in bfloat16, and makes its whole block NaN in int8.</summary>
    public static byte[] Encode(WireFormat format, ReadOnlySpan<float> values)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Length(format, values.Length));
        switch (format)
        {
            case WireFormat.Float32:
                MemoryMarshal.AsBytes(values).CopyTo(bytes);
                break;
            case WireFormat.BFloat16:
                Halve(values, MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan()));
                break;
            default:
                for (var (i, at) = (0, 0); i < values.Length; i += Block, at += BlockBytes)
                {
                    Quantize(values.Slice(i, Math.Min(Block, values.Length - i)), bytes.AsSpan(at));
                }

                break;
        }

        return bytes;
    }

    /// <summary>The numbers of bytes.</summary>
    /// <exception cref="InvalidDataException">There are more or fewer bytes than so many numbers have.</exception>
    public static void Decode(WireFormat format, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (bytes.Length != Length(format, values.Length))
        {
            throw new InvalidDataException($"{values.Length} numbers in {format} are {Length(format, values.Length)} bytes, not {bytes.Length}.");
        }

        switch (format)
        {
            case WireFormat.Float32:
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            case WireFormat.BFloat16:
                Double(MemoryMarshal.Cast<byte, ushort>(bytes), values);
                break;
            default:
                for (var (i, at) = (0, 0); i < values.Length; i += Block, at += BlockBytes)
                {
                    Scale(bytes[at..], values.Slice(i, Math.Min(Block, values.Length - i)));
                }

                break;
        }
    }

    private static void Halve(ReadOnlySpan<float> values, Span<ushort> halves)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[i]);
            var rounded = bits + 0x7FFF + ((bits >> 16) & 1);
            halves[i] = (ushort)((float.IsNaN(values[i]) ? bits | 0x400000 : rounded) >> 16);
        }
    }

    private static void Double(ReadOnlySpan<ushort> halves, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        }
    }

    private static void Quantize(ReadOnlySpan<float> values, Span<byte> block)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            largest = MathF.Max(largest, MathF.Abs(value)); // NaN wins
        }

        var scale = largest / Largest;
        MemoryMarshal.Write(block, float.IsFinite(largest) ? scale : float.NaN);
        var inverse = scale > 0 ? Largest / largest : 0;
        var numbers = MemoryMarshal.Cast<byte, sbyte>(block.Slice(sizeof(float), values.Length));
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] = (sbyte)Math.Clamp(MathF.Round(values[i] * inverse), -Largest, Largest);
        }
    }

    private static void Scale(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = MemoryMarshal.Read<float>(block);
        var numbers = MemoryMarshal.Cast<byte, sbyte>(block.Slice(sizeof(float), values.Length));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = scale * numbers[i];
        }
    }
}
