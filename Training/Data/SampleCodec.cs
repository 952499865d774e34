using System.Numerics;
using System.Runtime.InteropServices;
using DistGan.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Data;

/// <summary>
/// The bytes of samples, real and replayed alike. Images: v ∈ {0…255} stands for v/127.5 − 1, and x is stored as
/// round((x + 1)·127.5) clamped to 0…255 (halves to even). Points: float32, little-endian, unchanged.
/// Decoding and encoding again gives the same bytes.
/// </summary>
public static class SampleCodec
{
    private const float Half = 127.5f;

    /// <summary>Decodes <paramref name="count"/> samples into a new float32 tensor of <see cref="SampleShape.Batch"/>; the caller disposes it.</summary>
    /// <exception cref="DistGanException">There are more or fewer bytes than that.</exception>
    public static Tensor Decode(ReadOnlySpan<byte> encoded, SampleShape shape, long count, Device? device = null)
    {
        var destination = empty(shape.Batch(count), ScalarType.Float32, device: device);
        try
        {
            DecodeInto(encoded, destination);
            return destination;
        }
        catch
        {
            destination.Dispose();
            throw;
        }
    }

    /// <summary>Decodes over a contiguous float32 tensor: [N, C, H, W] takes images, [N, C] points. Allocates nothing on the CPU.</summary>
    /// <exception cref="DistGanException">The bytes do not fill the tensor exactly.</exception>
    public static void DecodeInto(ReadOnlySpan<byte> encoded, Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var images = destination.dim() == 4;
        var expected = destination.numel() * (images ? 1 : sizeof(float));
        if (encoded.Length != expected || destination.dtype != ScalarType.Float32)
        {
            throw new DistGanException($"Samples of {encoded.Length} bytes do not fill a {destination.dtype} tensor of [{string.Join(", ", destination.shape)}]: expected float32 and {expected} bytes.");
        }

        if (destination.device_type == DeviceType.CPU)
        {
            Decode(encoded, destination.bytes, images);
            return;
        }

        using var host = empty(destination.shape, ScalarType.Float32);
        Decode(encoded, host.bytes, images);
        using var noGrad = no_grad();
        destination.copy_(host);
    }

    /// <summary>Encodes samples of any float type and device: [N, C, H, W] as images, [N, C] as points.</summary>
    /// <exception cref="DistGanException">The destination has another length.</exception>
    public static void Encode(Tensor samples, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var images = samples.dim() == 4;
        var expected = samples.numel() * (images ? 1 : sizeof(float));
        if (destination.Length != expected)
        {
            throw new DistGanException($"Samples [{string.Join(", ", samples.shape)}] do not fit {destination.Length} bytes: expected {expected}.");
        }

        using var scope = NewDisposeScope();
        var host = samples.detach().to(ScalarType.Float32).cpu().contiguous();
        if (images)
        {
            Quantise(MemoryMarshal.Cast<byte, float>(host.bytes), destination);
        }
        else
        {
            host.bytes.CopyTo(destination);
        }
    }

    private static void Decode(ReadOnlySpan<byte> encoded, Span<byte> destination, bool images)
    {
        if (images)
        {
            Dequantise(encoded, MemoryMarshal.Cast<byte, float>(destination));
        }
        else
        {
            encoded.CopyTo(destination);
        }
    }

    private static void Dequantise(ReadOnlySpan<byte> source, Span<float> destination)
    {
        var (half, one, lanes, i) = (new Vector<float>(Half), Vector<float>.One, Vector<float>.Count, 0);
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(source[i..]), out var low, out var high);
            Vector.Widen(low, out var a, out var b);
            Vector.Widen(high, out var c, out var d);
            (Vector.ConvertToSingle(a) / half - one).CopyTo(destination[i..]);
            (Vector.ConvertToSingle(b) / half - one).CopyTo(destination[(i + lanes)..]);
            (Vector.ConvertToSingle(c) / half - one).CopyTo(destination[(i + 2 * lanes)..]);
            (Vector.ConvertToSingle(d) / half - one).CopyTo(destination[(i + 3 * lanes)..]);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = source[i] / Half - 1;
        }
    }

    private static void Quantise(ReadOnlySpan<float> source, Span<byte> destination)
    {
        var (lanes, i) = (Vector<float>.Count, 0);
        for (; i <= source.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var low = Vector.Narrow(Quantise(source[i..]), Quantise(source[(i + lanes)..]));
            var high = Vector.Narrow(Quantise(source[(i + 2 * lanes)..]), Quantise(source[(i + 3 * lanes)..]));
            Vector.Narrow(low, high).CopyTo(destination[i..]);
        }

        for (; i < source.Length; i++)
        {
            // Max first: a NaN becomes 0, as in the vector form.
            destination[i] = (byte)MathF.Round(Math.Clamp(float.MaxNumber((source[i] + 1) * Half, 0), 0, 255));
        }
    }

    private static Vector<uint> Quantise(ReadOnlySpan<float> source)
    {
        var scaled = Vector.Round((new Vector<float>(source) + Vector<float>.One) * new Vector<float>(Half));
        return Vector.ConvertToUInt32(Vector.ClampNative(Vector.MaxNumber(scaled, Vector<float>.Zero), Vector<float>.Zero, new Vector<float>(255)));
    }
}
