using DistGan.Training.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Layers;

/// <summary>
/// Convolutions as matrix products over unfolded patches, used on the CPU for channel counts with which the library's blocked
/// kernels are wrong, differ from call to call, or are many times slower.
/// </summary>
/// <remarks>
/// The kernels work on blocks of 16, 32 or 64·n channels. With other counts bfloat16 results differ between calls when there are
/// several threads, and float32 results can be plainly wrong. Few channels (those of an image) on one side of a strided float32
/// kernel are right; but the gradient of so few input channels takes longer than the rest of the layer.
/// </remarks>
internal static class ColumnConvolution
{
    private const long Block = 16;

    /// <summary>Whether a convolution with weight [out, in, k, k] goes through columns.</summary>
    public static bool ServesConvolution(Tensor x, Tensor weight, long stride)
    {
        if (weight.device_type != DeviceType.CPU || weight.dtype == ScalarType.Float64)
        {
            return false;
        }

        var (into, from) = (weight.shape[0], weight.shape[1]);
        return from < Block && IsWhole(into) && stride > 1 ? x.requires_grad : !(IsWhole(into) && IsWhole(from));
    }

    /// <summary>Whether a transposed convolution with weight [in, out, k, k] goes through columns.</summary>
    public static bool ServesTransposed(Tensor weight, long stride)
    {
        if (weight.device_type != DeviceType.CPU || weight.dtype == ScalarType.Float64)
        {
            return false;
        }

        var (from, into) = (weight.shape[0], weight.shape[1]);
        var isAtAnEnd = into < Block && IsWhole(from) && stride > 1;
        return !(IsWhole(into) && IsWhole(from)) && !(isAtAnEnd && weight.dtype == ScalarType.Float32);
    }

    /// <summary>y = W·unfold(x) + b: [N, C, H, W] with W [out, C, k, k] → [N, out, height, width].</summary>
    public static Tensor Convolve(Tensor x, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] output)
    {
        var kernel = weight.shape[2];
        if (stride[0] == 1 && padding[0] < kernel && weight.shape[0] < weight.shape[1])
        {
            // The same sum with the kernel turned round and input and output swapped: k²·out rows of patches instead of k²·C.
            var rest = kernel - 1 - padding[0];
            return Transpose(x, weight.flip(2, 3).transpose(0, 1), bias, stride, [rest, rest], output);
        }

        var columns = kernel == 1 && stride[0] == 1 && padding[0] == 0
            ? x.flatten(2)
            : nn.functional.unfold(x, Pair(kernel), (1, 1), Pair(padding[0]), Pair(stride[0]));
        return AddBias(weight.flatten(1).matmul(columns).reshape([-1, .. output]), bias);
    }

    /// <summary>y = fold(Wᵀ·x) + b: [N, C, H, W] with W [C, out, k, k] → [N, out, height, width].</summary>
    public static Tensor Transpose(Tensor x, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] output)
    {
        var columns = weight.flatten(1).t().matmul(x.flatten(2));
        var y = nn.functional.fold(columns, (output[1], output[2]), Pair(weight.shape[2]), (1, 1), Pair(padding[0]), Pair(stride[0]));
        return AddBias(y, bias);
    }

    private static Tensor AddBias(Tensor y, Tensor? bias) => bias is null ? y : y.Plus(bias.view(1, -1, 1, 1));

    private static (long Height, long Width) Pair(long size) => (size, size);

    private static bool IsWhole(long channels) => channels is Block or 2 * Block || channels % (4 * Block) == 0;
}
