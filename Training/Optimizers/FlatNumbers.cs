using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Optimizers;

/// <summary>The numbers of a vector in host memory, for optimisers that pass over them once.</summary>
internal static class FlatNumbers
{
    /// <summary>Whether the vector lies in host memory as float32, so that <see cref="Of"/> can show it.</summary>
    public static bool Serve(Tensor vector) => vector.device_type == DeviceType.CPU && vector.dtype == ScalarType.Float32;

    public static Span<float> Of(Tensor vector) => MemoryMarshal.Cast<byte, float>(vector.bytes);
}
