using System.IO.Hashing;
using DistGan.Training.Data;
using static TorchSharp.torch;

namespace DistGan.Training.Metrics;

/// <summary>128-bit hashes of images as they are stored, 8 bits a channel: equal hashes are equal images.</summary>
internal static class PixelHashes
{
    /// <summary>One hash a sample [N, …].</summary>
    public static IReadOnlyList<UInt128> Of(Tensor samples)
    {
        var (images, count) = (samples.dim() == 4, (int)samples.shape[0]);
        var encoded = new byte[samples.numel() * (images ? 1 : sizeof(float))];
        SampleCodec.Encode(samples, encoded);
        var size = encoded.Length / count;
        return [.. Enumerable.Range(0, count).Select(i => XxHash128.HashToUInt128(encoded.AsSpan(i * size, size)))];
    }

    /// <summary>Of all images of a data set, or of the part that is compared with.</summary>
    public static HashSet<UInt128> Of(RealFeatures real)
    {
        var (hashes, buffer) = (new HashSet<UInt128>(), new byte[real.Data.Shape.ItemBytes]);
        var items = real.IsPart ? real.Items : Enumerable.Range(0, (int)real.Data.Count).Select(static i => (long)i);
        foreach (var item in items)
        {
            real.Data.Read(item, buffer);
            hashes.Add(XxHash128.HashToUInt128(buffer));
        }

        return hashes;
    }
}
