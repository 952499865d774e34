using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace DistGan.Training.Tests.Data.Folders;

/// <summary>PNG files made by hand, of kinds that encoders do not offer.</summary>
internal static class PngBytes
{
    /// <summary>Where the seven passes of an interlaced file begin, and their steps.</summary>
    private static readonly (int X, int Y, int Dx, int Dy)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Grey, 16 bits a pixel, big-endian.</summary>
    public static byte[] Grey16(int width, int height, Func<int, int, int> value, bool isInterlaced = false)
    {
        using var rows = new MemoryStream();
        foreach (var pass in isInterlaced ? Adam7 : [(0, 0, 1, 1)])
        {
            for (var y = pass.Y; y < height; y += pass.Dy)
            {
                rows.WriteByte(0);
                for (var x = pass.X; x < width; x += pass.Dx)
                {
                    rows.WriteByte((byte)(value(x, y) >> 8));
                    rows.WriteByte((byte)value(x, y));
                }
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows.ToArray());
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 16;
        header[12] = (byte)(isInterlaced ? 1 : 0);
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        var chunk = new byte[4 + body.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(4 + body.Length), Crc32.HashToUInt32(body));
        return chunk;
    }
}
