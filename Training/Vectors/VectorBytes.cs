using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Vectors;

/// <summary>Moves whole vectors between tensors and host memory.</summary>
public static class VectorBytes
{
    /// <summary>A host copy of the tensor's bytes, row-major.</summary>
    public static byte[] Copy(Tensor tensor)
    {
        using var host = OnHost(tensor);
        return host.bytes.ToArray();
    }

    /// <summary>Copies a float32 tensor's numbers to <paramref name="destination"/>.</summary>
    public static void CopyTo(Tensor tensor, Span<float> destination)
    {
        using var host = OnHost(tensor);
        MemoryMarshal.Cast<byte, float>(host.bytes).CopyTo(destination);
    }

    /// <summary>Overwrites the tensor with bytes of its own type and length.</summary>
    public static void Load(Tensor tensor, ReadOnlySpan<byte> bytes)
    {
        using var noGrad = no_grad();
        if (tensor.device_type == DeviceType.CPU)
        {
            bytes.CopyTo(tensor.bytes);
            return;
        }

        using var host = empty(tensor.shape, tensor.dtype);
        bytes.CopyTo(host.bytes);
        tensor.copy_(host);
    }

    private static Tensor OnHost(Tensor tensor)
    {
        using var detached = tensor.detach();
        using var host = detached.cpu();
        return host.contiguous();
    }
}
