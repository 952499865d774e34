using System.Buffers.Binary;
using System.IO.Compression;

namespace DistGan.Training.Tests.Data;

/// <summary>IDX content made by hand.</summary>
internal static class IdxBytes
{
    public static byte[] Of(byte[] values, params int[] sizes)
    {
        var bytes = new byte[4 + 4 * sizes.Length + values.Length];
        (bytes[2], bytes[3]) = (8, (byte)sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * i), sizes[i]);
        }

        values.CopyTo(bytes, 4 + 4 * sizes.Length);
        return bytes;
    }

    /// <summary>Values that no compression shortens much.</summary>
    public static byte[] Noise(int count, int seed = 1)
    {
        var values = new byte[count];
        new Random(seed).NextBytes(values);
        return values;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
