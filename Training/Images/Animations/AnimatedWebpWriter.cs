using System.Buffers.Binary;
using System.Text;
using DistGan.Recipes;
using SkiaSharp;

namespace DistGan.Training.Images.Animations;

/// <summary>
/// Animated WebP without loss (RFC 9649, section 2.7): VP8X, ANIM, and an ANMF around the image chunks of each frame, which Skia
/// encodes. Repeats forever.
/// </summary>
public static class AnimatedWebpWriter
{
    private const int MaxSide = 1 << 14;
    private const int FileHeaderBytes = 12;
    private const byte HasAnimation = 0x02;
    private const byte DoNotBlend = 0x02;

    /// <summary>Writes grey or colour frames of one size; the stream must be seekable.</summary>
    /// <exception cref="DistGanException">The frames differ in size, or in number from what was said, or are too large for the format.</exception>
    public static void Write(Stream stream, int count, IEnumerable<AnimationFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var start = stream.Position;
        stream.Write("RIFF\0\0\0\0WEBP"u8);
        var isFirst = true;
        foreach (var frame in FrameCheck.Uniform(count, frames))
        {
            if (isFirst)
            {
                var size = Size(frame.Picture);
                Chunk(stream, "VP8X"u8, [HasAnimation, 0, 0, 0, .. size]);

                // Background (unused), endless.
                Chunk(stream, "ANIM"u8, [0xFF, 0xFF, 0xFF, 0xFF, 0, 0]);
                isFirst = false;
            }

            Chunk(stream, "ANMF"u8, Frame(frame));
        }

        var end = stream.Position;
        stream.Position = start + 4;
        stream.Write(Little((uint)(end - start - 8)));
        stream.Position = end;
    }

    private static byte[] Frame(AnimationFrame frame)
    {
        var milliseconds = (int)Math.Clamp(frame.Duration.TotalMilliseconds, 1, (1 << 24) - 1);
        return [.. Little24(0), .. Little24(0), .. Size(frame.Picture), .. Little24(milliseconds), DoNotBlend, .. ImageChunks(frame.Picture)];
    }

    /// <summary>Those chunks of a still WebP that are the image.</summary>
    private static byte[] ImageChunks(PixelGrid picture)
    {
        var info = new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var pixels = PixelsOf(picture, info);
        using var image = SKImage.FromPixels(info, pixels, info.RowBytes);
        using var pixmap = image.PeekPixels();
        using var still = pixmap.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 75))
            ?? throw new DistGanException($"A picture of {picture.Width} by {picture.Height} pixels could not be encoded as WebP.");
        var bytes = still.ToArray();
        using var kept = new MemoryStream();
        for (var at = FileHeaderBytes; at + 8 <= bytes.Length;)
        {
            var length = 8 + (int)((BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4)) + 1) & ~1u);
            if (Encoding.ASCII.GetString(bytes, at, 4) is "VP8L" or "VP8 " or "ALPH")
            {
                kept.Write(bytes, at, Math.Min(length, bytes.Length - at));
            }

            at += length;
        }

        return kept.ToArray();
    }

    private static SKData PixelsOf(PixelGrid picture, SKImageInfo info)
    {
        var pixels = new byte[info.BytesSize];
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[i * 4 + channel] = picture.Bytes[i * picture.Channels + Math.Min(channel, picture.Channels - 1)];
            }

            pixels[i * 4 + 3] = byte.MaxValue;
        }

        return SKData.CreateCopy(pixels);
    }

    /// <summary>Width − 1 and height − 1.</summary>
    private static byte[] Size(PixelGrid picture)
        => picture.Width <= MaxSide && picture.Height <= MaxSide
            ? [.. Little24(picture.Width - 1), .. Little24(picture.Height - 1)]
            : throw new DistGanException($"A WebP has at most {MaxSide} pixels a side, but the picture is {picture.Width} by {picture.Height}: take .png.");

    private static void Chunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        stream.Write(type);
        stream.Write(Little((uint)content.Length));
        stream.Write(content);
        if (content.Length % 2 == 1)
        {
            stream.WriteByte(0);
        }
    }

    private static byte[] Little24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];

    private static byte[] Little(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
