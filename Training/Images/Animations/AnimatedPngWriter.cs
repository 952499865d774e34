using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using DistGan.Recipes;

namespace DistGan.Training.Images.Animations;

/// <summary>
/// Animated PNG (W3C PNG third edition, sections 5.6 and 11.3.6): the chunks of a PNG, with acTL before the pixels and fcTL before
/// each frame; the first frame lies in IDAT, so that a viewer without animations shows it, and the others in fdAT. Repeats forever.
/// </summary>
public static class AnimatedPngWriter
{
    private const byte Depth = 8;
    private const byte Grey = 0;
    private const byte Colour = 2;
    private const ushort DelayDenominator = 1000;

    /// <summary>Writes grey or colour frames of one size.</summary>
    /// <exception cref="DistGanException">The frames differ in size, or in number from what was said.</exception>
    public static void Write(Stream stream, int count, IEnumerable<AnimationFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var (sequence, isFirst) = (0u, true);
        foreach (var frame in FrameCheck.Uniform(count, frames))
        {
            if (isFirst)
            {
                Chunk(stream, "IHDR"u8, Header(frame.Picture));
                Chunk(stream, "acTL"u8, [.. BigEndian((uint)count), .. BigEndian(0)]);
            }

            Chunk(stream, "fcTL"u8, Control(frame, sequence++));
            var pixels = Compress(frame.Picture);
            if (isFirst)
            {
                Chunk(stream, "IDAT"u8, pixels);
            }
            else
            {
                Chunk(stream, "fdAT"u8, [.. BigEndian(sequence++), .. pixels]);
            }

            isFirst = false;
        }

        Chunk(stream, "IEND"u8, []);
    }

    private static byte[] Header(PixelGrid picture)
        => [.. BigEndian((uint)picture.Width), .. BigEndian((uint)picture.Height), Depth, picture.Channels == 1 ? Grey : Colour, 0, 0, 0];

    /// <summary>Sequence number, size, offset, delay as a fraction of a second, and that the whole picture is replaced.</summary>
    private static byte[] Control(AnimationFrame frame, uint sequence)
    {
        var control = new byte[26];
        BinaryPrimitives.WriteUInt32BigEndian(control, sequence);
        BinaryPrimitives.WriteUInt32BigEndian(control.AsSpan(4), (uint)frame.Picture.Width);
        BinaryPrimitives.WriteUInt32BigEndian(control.AsSpan(8), (uint)frame.Picture.Height);
        BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(20), (ushort)Math.Clamp(frame.Duration.TotalMilliseconds, 1, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16BigEndian(control.AsSpan(22), DelayDenominator);
        return control;
    }

    /// <summary>Rows with filter 'none' before each, as one zlib stream.</summary>
    private static byte[] Compress(PixelGrid picture)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            var stride = picture.Width * picture.Channels;
            for (var y = 0; y < picture.Height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(picture.Bytes.AsSpan(y * stride, stride));
            }
        }

        return buffer.ToArray();
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(content);
        stream.Write(BigEndian((uint)content.Length));
        stream.Write(type);
        stream.Write(content);
        stream.Write(BigEndian(checksum.GetCurrentHashAsUInt32()));
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
