using System.Runtime.InteropServices;
using DistGan.Training.Data.Preparation;
using SkiaSharp;

namespace DistGan.Training.Data.Folders;

/// <summary>
/// Decodes PNG and JPEG files to square images of uint8 planes. Of a large JPEG the decoder makes a reduced picture, a large
/// PNG comes in strips, and rows are resampled as they come, so that memory does not grow with the picture. 16 bits a channel are cut to 8, transparent pixels lie on white, CMYK becomes RGB, and the orientation that a
/// camera noted is applied; colour profiles are not.
/// </summary>
internal static class ImageFile
{
    private const long MostPixels = 1L << 30;
    private const int StripPixels = 1 << 22;
    private const int Rgba = 4;

    /// <summary>Whether a file has colour channels.</summary>
    /// <exception cref="UnreadableImageException">It is no image, or cannot be read.</exception>
    public static bool HasColours(string path)
    {
        using var codec = SKCodec.Create(path, out var result) ?? throw Refused(result);
        return codec.Info.ColorType != SKColorType.Gray8;
    }

    /// <summary>Decodes to [channels, size, size].</summary>
    /// <exception cref="UnreadableImageException">It is no whole image.</exception>
    public static byte[] Decode(byte[] content, int size, int channels)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data) ?? throw new UnreadableImageException("it is no PNG or JPEG image");
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg))
        {
            throw new UnreadableImageException($"it is {codec.EncodedFormat}, not PNG or JPEG");
        }

        if ((long)info.Width * info.Height > MostPixels)
        {
            throw new UnreadableImageException($"its {info.Width} by {info.Height} pixels are too many");
        }

        info = info.WithSize(Reduced(codec, size));
        var resampler = new SquareResampler(new ResampleAxis(Math.Min(info.Width, info.Height), size), info.Width, info.Height, channels: 3);
        if (codec.StartScanlineDecode(info) == SKCodecResult.Success)
        {
            ReadRows(codec, info, resampler);
        }
        else
        {
            ReadStrips(codec, info, resampler);
        }

        return Finish(resampler, codec.EncodedOrigin, size, channels);
    }

    /// <summary>The smallest picture the decoder makes by itself that is still at least about twice the size, so that the last reduction is ours.</summary>
    private static SKSizeI Reduced(SKCodec codec, int size)
    {
        var whole = new SKSizeI(codec.Info.Width, codec.Info.Height);
        var scale = 2f * size / Math.Min(whole.Width, whole.Height);
        if (scale >= 1)
        {
            return whole;
        }

        var reduced = codec.GetScaledDimensions(scale);
        return Math.Min(reduced.Width, reduced.Height) >= size ? reduced : whole;
    }

    private static void ReadRows(SKCodec codec, SKImageInfo info, SquareResampler resampler)
    {
        var row = new byte[info.Width * Rgba];
        var pinned = GCHandle.Alloc(row, GCHandleType.Pinned);
        try
        {
            for (var y = 0; y < info.Height; y++)
            {
                if (codec.GetScanlines(pinned.AddrOfPinnedObject(), 1, row.Length) != 1)
                {
                    throw new UnreadableImageException($"it is damaged or cut short at row {y} of {info.Height}");
                }

                Add(resampler, y, row);
            }
        }
        finally
        {
            pinned.Free();
        }
    }

    /// <summary>A PNG is decoded from its start for every strip: large ones take longer rather than more memory.</summary>
    private static void ReadStrips(SKCodec codec, SKImageInfo info, SquareResampler resampler)
    {
        var rows = Math.Clamp(StripPixels / info.Width, 1, info.Height);
        var pixels = new byte[rows * info.Width * Rgba];
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            for (var top = 0; top < info.Height; top += rows)
            {
                var strip = new SKRectI(0, top, info.Width, Math.Min(info.Height, top + rows));
                var result = codec.StartIncrementalDecode(info, pinned.AddrOfPinnedObject(), info.Width * Rgba, new SKCodecOptions(strip));
                var decoded = 0;
                result = result == SKCodecResult.Success ? codec.IncrementalDecode(out decoded) : result;
                if (result != SKCodecResult.Success)
                {
                    throw new UnreadableImageException(result == SKCodecResult.IncompleteInput ? $"it is damaged or cut short at row {top + decoded} of {info.Height}" : $"it is damaged ({result})");
                }

                for (var y = strip.Top; y < strip.Bottom; y++)
                {
                    Add(resampler, y, pixels.AsSpan((y - top) * info.Width * Rgba, info.Width * Rgba));
                }
            }
        }
        finally
        {
            pinned.Free();
        }
    }

    private static void Add(SquareResampler resampler, int y, Span<byte> row)
    {
        for (var x = 0; x < row.Length; x += Rgba)
        {
            // Premultiplied: c·α lies on white as c·α + (1 − α).
            var white = (byte)(255 - row[x + 3]);
            row[x] += white;
            row[x + 1] += white;
            row[x + 2] += white;
        }

        resampler.Add(y, row, Rgba);
    }

    private static byte[] Finish(SquareResampler resampler, SKEncodedOrigin origin, int size, int channels)
    {
        var colours = new byte[3 * size * size];
        resampler.Finish(colours);
        var image = colours;
        if (channels == 1)
        {
            image = new byte[size * size];
            Channels.ToGrey(colours, image);
        }

        for (var c = 0; c < channels; c++)
        {
            Orientation.Apply(origin, image.AsSpan(c * size * size, size * size), size);
        }

        return image;
    }

    private static UnreadableImageException Refused(SKCodecResult result)
        => new(result == SKCodecResult.InternalError ? "it cannot be opened" : "it is no PNG or JPEG image");
}
