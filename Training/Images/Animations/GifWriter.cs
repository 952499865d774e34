using System.Buffers.Binary;
using DistGan.Recipes;

namespace DistGan.Training.Images.Animations;

/// <summary>
/// Animated GIF (version 89a with the NETSCAPE2.0 extension): 256 colours a frame. Grey pictures, and frames of at most 256
/// colours, keep every pixel; others are reduced to the palette of <see cref="FramePalette"/>. Repeats forever.
/// </summary>
public static class GifWriter
{
    private const int PaletteBits = 8;
    private const int BlockBytes = 255;

    /// <summary>Writes grey or colour frames of one size.</summary>
    /// <exception cref="DistGanException">The frames differ in size, or in number from what was said, or are too large for the format.</exception>
    public static void Write(Stream stream, int count, IEnumerable<AnimationFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var isFirst = true;
        foreach (var frame in FrameCheck.Uniform(count, frames))
        {
            if (isFirst)
            {
                WriteStart(stream, frame.Picture);
                isFirst = false;
            }

            WriteFrame(stream, frame);
        }

        stream.WriteByte(0x3B);
    }

    private static void WriteStart(Stream stream, PixelGrid picture)
    {
        if (picture.Width > ushort.MaxValue || picture.Height > ushort.MaxValue)
        {
            throw new DistGanException($"A GIF has at most {ushort.MaxValue} pixels a side, but the picture is {picture.Width} by {picture.Height}: take .png.");
        }

        stream.Write("GIF89a"u8);
        stream.Write([.. Little(picture.Width), .. Little(picture.Height)]);

        // No global palette; colour depth of 8 bits.
        stream.Write([0x70, 0, 0]);
        stream.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
    }

    private static void WriteFrame(Stream stream, AnimationFrame frame)
    {
        var hundredths = (int)Math.Clamp(Math.Round(frame.Duration.TotalMilliseconds / 10), 1, ushort.MaxValue);
        stream.Write([0x21, 0xF9, 4, 0x04, .. Little(hundredths), 0, 0]);
        stream.Write([0x2C, .. Little(0), .. Little(0), .. Little(frame.Picture.Width), .. Little(frame.Picture.Height), 0x80 | (PaletteBits - 1)]);
        var palette = FramePalette.Of(frame.Picture);
        stream.Write(palette.Table);
        stream.WriteByte(PaletteBits);
        var codes = GifCompression.Compress(palette.Indices, PaletteBits);
        for (var start = 0; start < codes.Length; start += BlockBytes)
        {
            var length = Math.Min(BlockBytes, codes.Length - start);
            stream.WriteByte((byte)length);
            stream.Write(codes, start, length);
        }

        stream.WriteByte(0);
    }

    private static byte[] Little(int value)
    {
        var bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }
}
