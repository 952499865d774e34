using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>
/// Fills channels up to multiples of 16 with zeros where bfloat16 convolutions on the CPU need it: with other counts, and several
/// threads, the library's results differ from call to call, and a run could not be repeated.
/// </summary>
internal static class ChannelPadding
{
    private const long Block = 16;

    /// <summary>Whether convolutions of this weight need it.</summary>
    public static bool AppliesTo(Tensor weight)
        => weight.dtype == ScalarType.BFloat16
            && weight.device_type == DeviceType.CPU
            && (weight.shape[0] % Block != 0 || weight.shape[1] % Block != 0);

    /// <summary>Few input channels are safe where nobody asks for their gradient, as in D's pass over real images.</summary>
    public static bool KeepsInput(Tensor x) => !x.requires_grad && x.shape[1] < Block;

    /// <summary>[N, C, H, W] → [N, ⌈C/16⌉·16, H, W].</summary>
    public static Tensor Channels(Tensor x) => nn.functional.pad(x, [0, 0, 0, 0, 0, Missing(x.shape[1])]);

    /// <summary>[A, B, k, k] → both A and B (or A alone) filled up.</summary>
    public static Tensor Weight(Tensor weight, bool second)
        => nn.functional.pad(weight, [0, 0, 0, 0, 0, second ? Missing(weight.shape[1]) : 0, 0, Missing(weight.shape[0])]);

    /// <summary>Adds a bias [C] to [N, C, H, W], or nothing where there is none.</summary>
    public static Tensor AddBias(Tensor y, Tensor? bias) => bias is null ? y : y + bias.view(1, -1, 1, 1);

    private static long Missing(long channels) => (Block - channels % Block) % Block;
}
