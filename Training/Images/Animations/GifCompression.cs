namespace DistGan.Training.Images.Animations;

/// <summary>
/// The variable-length LZW of GIF (Welch 1984; GIF89a, appendix F): codes grow from bits + 1 to 12 bits, lowest bit first; when all
/// 4096 are taken the table starts again.
/// </summary>
internal sealed class GifCompression
{
    private const int MostBits = 12;
    private const int MostCodes = 1 << MostBits;

    private readonly int _bits;
    private readonly Dictionary<int, int> _table = new(MostCodes);
    private readonly List<byte> _bytes = [];
    private int _next;
    private int _size;
    private uint _pending;
    private int _pendingBits;

    private GifCompression(int bits)
    {
        _bits = bits;
        _size = bits + 1;
        Clear();
    }

    /// <summary>Compresses indices below 2^<paramref name="bits"/>.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> indices, int bits)
    {
        var compression = new GifCompression(bits);
        if (indices.Length > 0)
        {
            compression.Write(indices);
        }

        return compression.Finish();
    }

    private void Write(ReadOnlySpan<byte> indices)
    {
        int prefix = indices[0];
        foreach (var index in indices[1..])
        {
            var key = (prefix << 8) | index;
            if (!_table.TryGetValue(key, out var code))
            {
                Write(prefix);
                Learn(key);
                code = index;
            }

            prefix = code;
        }

        Write(prefix);

        // A decoder adds an entry for that code too.
        Grow();
    }

    private void Learn(int key)
    {
        if (_next == MostCodes)
        {
            Clear();
            return;
        }

        // The decoder is one entry behind, so codes grow when the new one no longer fits.
        Grow();
        _table.Add(key, _next++);
    }

    private void Grow() => _size += _next == 1 << _size && _size < MostBits ? 1 : 0;

    private void Clear()
    {
        Write(1 << _bits);
        _table.Clear();
        (_next, _size) = ((1 << _bits) + 2, _bits + 1);
    }

    private void Write(int code)
    {
        _pending |= (uint)code << _pendingBits;
        for (_pendingBits += _size; _pendingBits >= 8; _pendingBits -= 8, _pending >>= 8)
        {
            _bytes.Add((byte)_pending);
        }
    }

    private byte[] Finish()
    {
        Write((1 << _bits) + 1);
        if (_pendingBits > 0)
        {
            _bytes.Add((byte)_pending);
        }

        return [.. _bytes];
    }
}
