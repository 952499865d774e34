using DistGan.Training.Layers;
using DistGan.Training.Vectors;

namespace DistGan.Training.Networks;

/// <summary>The residual blocks of SNGAN (Miyato et al. 2018, figure 8).</summary>
/// <remarks>
/// A 1×1 convolution commutes with nearest-neighbour upsampling and with average pooling, so shortcuts convolve at the lower
/// resolution: the same function for a quarter of the work. A normalised G has no biases: its last normalisation would take them away. Kernels start Glorot uniform, those of 3×3 convolutions scaled by √2.
/// </remarks>
internal static class ResidualBlocks
{
    /// <summary>[from, H, W] → [into, 2H, 2W]: normalise, rectify, double, convolve, normalise, rectify, convolve; the shortcut convolves 1×1 and doubles.</summary>
    public static ResidualBlock Up(long from, long into, bool normalize) => new(
        [
            .. Rectify(normalize, canOverwrite: normalize),
            new Upsampling(),
            Convolve(from, into, bias: !normalize),
            .. Rectify(normalize),
            Convolve(into, into, bias: !normalize),
        ],
        [Project(from, into, bias: !normalize), new Upsampling()]);

    /// <summary>[from, H, W] → [into, H/2, W/2]: rectify, convolve, rectify, convolve, pool; the shortcut pools and convolves 1×1.</summary>
    public static ResidualBlock Down(long from, long into, bool normalize) => new(
        [.. Body(from, into, normalize), new AveragePooling()],
        [new AveragePooling(), Project(from, into)]);

    /// <summary>[channels, H, W] → [channels, H, W], with the identity as shortcut.</summary>
    public static ResidualBlock Keep(long channels, bool normalize) => new([.. Body(channels, channels, normalize)], []);

    /// <summary>As <see cref="Down"/>, for images: they are not rectified first, and never normalised.</summary>
    public static ResidualBlock First(long from, long into) => new(
        [Convolve(from, into), .. Rectify(normalize: false), Convolve(into, into), new AveragePooling()],
        [new AveragePooling(), Project(from, into)]);

    private static IEnumerable<ILayer> Body(long from, long into, bool normalize)
        => [.. Rectify(normalize, canOverwrite: normalize), Convolve(from, into, bias: !normalize), .. Rectify(normalize), Convolve(into, into)];

    private static IEnumerable<ILayer> Rectify(bool normalize, bool canOverwrite = true)
        => normalize
            ? [new BatchNormalization(Spread: 0), new Activation(ActivationKind.Relu, canOverwrite)]
            : [new Activation(ActivationKind.Relu, canOverwrite)];

    private static Convolution Convolve(long from, long into, bool bias = true)
    {
        var glorot = Initializer.Glorot(9 * from, 9 * into);
        return new(into, 3, 1, 1, bias, glorot with { Spread = glorot.Spread * Math.Sqrt(2) });
    }

    private static Convolution Project(long from, long into, bool bias = true) => new(into, 1, 1, 0, bias, Initializer.Glorot(from, into));
}
