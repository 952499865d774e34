using System.Buffers.Binary;

namespace DistGan.EndToEnd.Tests.TensorBoard;

/// <summary>Reads TFRecord files and protocol-buffer messages, independently of what writes them.</summary>
internal static class Records
{
    /// <summary>The records of a file, each with right checksums of length and content.</summary>
    public static IReadOnlyList<byte[]> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        var records = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Assert.Equal(Masked(file.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(file[(at + 12)..(at + 12 + length)]);
            at += 16 + length;
        }

        return records;
    }

    /// <summary>Number and content of each field; numbers as their little-endian bytes.</summary>
    public static ILookup<int, byte[]> Fields(byte[] message)
    {
        var (fields, at) = (new List<(int Number, byte[] Content)>(), 0);
        while (at < message.Length)
        {
            var key = Varint(message, ref at);
            var length = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, 2 => (int)Varint(message, ref at), _ => throw new InvalidDataException($"wire type {key & 7}") };
            var content = (key & 7) == 0 ? BitConverter.GetBytes(Varint(message, ref at)) : message[at..(at + length)];
            at += length;
            fields.Add(((int)(key >> 3), content));
        }

        return fields.ToLookup(static field => field.Number, static field => field.Content);
    }

    /// <summary>CRC-32C bit by bit (polynomial 0x1EDC6F41, reflected).</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum >> 1) ^ ((checksum & 1) * 0x82F63B78u);
            }
        }

        return ~checksum;
    }

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var checksum = Checksum(bytes);
        return unchecked(((checksum >> 15) | (checksum << 17)) + 0xA282EAD8u);
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
