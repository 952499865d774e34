using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Data;

/// <summary>
/// Samples as they are stored and sent: images as uint8 v with x = v/127.5 − 1 ∈ [−1, 1], points as float32. Real and replayed
/// images are decoded alike, so that D cannot tell them by their rounding.
/// </summary>
public static class SampleCodec
{
    private const double HalfRange = 127.5;

    /// <summary>Encoded bytes → float32 [count, …shape] on a device, in the current dispose scope.</summary>
    public static Tensor Decode(ReadOnlySpan<byte> bytes, SampleShape shape, int count, Device device)
    {
        using var noGrad = no_grad();
        var stored = empty(shape.Batch(count), shape.IsImage ? ScalarType.Byte : ScalarType.Float32);
        bytes[..(count * shape.ItemBytes)].CopyTo(stored.bytes);
        var moved = device.type == DeviceType.CPU ? stored : stored.to(device);
        return shape.IsImage ? moved.to_type(ScalarType.Float32).div_(HalfRange).sub_(1) : moved;
    }

    /// <summary>Samples [N, …], images clamped to [−1, 1] → N·ItemBytes bytes.</summary>
    public static void Encode(Tensor samples, Span<byte> destination)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var plain = samples.detach().to_type(ScalarType.Float32);
        var stored = samples.dim() == 4
            ? plain.add(1).mul_(HalfRange).round_().clamp_(0, 255).to_type(ScalarType.Byte)
            : plain;
        stored.cpu().contiguous().bytes.CopyTo(destination);
    }
}
