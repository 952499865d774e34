namespace DistGan.Training.Images.Animations;

/// <summary>
/// The variable-length LZW of GIF (Welch 1984; GIF89a, appendix F): codes grow from bits + 1 to 12 bits, lowest bit first; when all
/// 4096 are taken the table starts again.
/// </summary>
internal static class GifCompression
{
    private const int MostBits = 12;
    private const int MostCodes = 1 << MostBits;

    /// <summary>Compresses indices below 2^<paramref name="bits"/>.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> indices, int bits)
    {
        var (clear, end) = (1 << bits, (1 << bits) + 1);
        var writer = new BitWriter();
        var table = new Dictionary<int, int>(MostCodes);
        var (next, size) = (end + 1, bits + 1);
        writer.Write(clear, size);
        var prefix = -1;
        foreach (var index in indices)
        {
            if (prefix < 0)
            {
                prefix = index;
                continue;
            }

            var key = (prefix << 8) | index;
            if (table.TryGetValue(key, out var code))
            {
                prefix = code;
                continue;
            }

            writer.Write(prefix, size);
            prefix = index;
            if (next < MostCodes)
            {
                // The decoder is one entry behind, so codes grow when the new one no longer fits.
                size += next == 1 << size ? 1 : 0;
                table.Add(key, next++);
            }
            else
            {
                writer.Write(clear, size);
                table.Clear();
                (next, size) = (end + 1, bits + 1);
            }
        }

        if (prefix >= 0)
        {
            writer.Write(prefix, size);

            // A decoder adds an entry for that code too.
            size += next == 1 << size && size < MostBits ? 1 : 0;
        }

        writer.Write(end, size);
        return writer.Finish();
    }

    private sealed class BitWriter
    {
        private readonly List<byte> _bytes = [];
        private uint _bits;
        private int _count;

        public void Write(int code, int size)
        {
            _bits |= (uint)code << _count;
            for (_count += size; _count >= 8; _count -= 8, _bits >>= 8)
            {
                _bytes.Add((byte)_bits);
            }
        }

        public byte[] Finish()
        {
            if (_count > 0)
            {
                _bytes.Add((byte)_bits);
            }

            return [.. _bytes];
        }
    }
}
