using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>
/// Fills channels up to 16, 32 or a multiple of 64 with zeros where convolutions on the CPU need it: with other counts the library's blocked
/// kernels read past the channels, so that results differ from call to call in bfloat16 and can be plainly wrong in float32.
/// </summary>
internal static class ChannelPadding
{
    private const long Block = 16;

    /// <summary>Whether convolutions of this weight [A, B, k, k] need it.</summary>
    public static bool AppliesTo(Tensor weight, long stride)
        => weight.device_type == DeviceType.CPU && weight.dtype switch
        {
            ScalarType.BFloat16 => !AreWhole(weight.shape),
            ScalarType.Float32 => !AreWhole(weight.shape) && !(stride > 1 && IsAtAnEnd(weight.shape)),
            _ => false,
        };

    /// <summary>Few input channels are safe where nobody asks for their gradient, as in D's pass over real images.</summary>
    public static bool KeepsInput(Tensor x) => !x.requires_grad && x.shape[1] < Block;

    /// <summary>[N, C, H, W] → [N, C filled up, H, W].</summary>
    public static Tensor Channels(Tensor x) => nn.functional.pad(x, [0, 0, 0, 0, 0, Missing(x.shape[1])]);

    /// <summary>[A, B, k, k] → both A and B (or A alone) filled up.</summary>
    public static Tensor Weight(Tensor weight, bool second)
        => nn.functional.pad(weight, [0, 0, 0, 0, 0, second ? Missing(weight.shape[1]) : 0, 0, Missing(weight.shape[0])]);

    /// <summary>Adds a bias [C] to [N, C, H, W], or nothing where there is none.</summary>
    public static Tensor AddBias(Tensor y, Tensor? bias) => bias is null ? y : y + bias.view(1, -1, 1, 1);

    private static bool AreWhole(long[] shape) => Missing(shape[0]) == 0 && Missing(shape[1]) == 0;

    /// <summary>Few channels (those of an image) on one side and whole blocks on the other: strided kernels are right in float32, and fast.</summary>
    private static bool IsAtAnEnd(long[] shape)
        => Math.Min(shape[0], shape[1]) < Block && Missing(Math.Max(shape[0], shape[1])) == 0;

    private static long Missing(long channels)
    {
        var whole = channels <= Block ? Block : channels <= 2 * Block ? 2 * Block : 4 * Block;
        return (whole - channels % whole) % whole;
    }
}
