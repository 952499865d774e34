using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using static TorchSharp.torch;

namespace DistGan.Training.Features;

/// <summary>
/// A classifier of images of three grey digits as red, green and blue: each channel alone goes through a classifier of K digits, which
/// makes K³ modes, numbered aK² + bK + c as <see cref="Data.StackedDataSet"/> does. The logits are
/// log p(a, b, c) = log p(a) + log p(b) + log p(c), so their largest is the mode of the three largest. Source: Metz et al., Unrolled GAN (2017), section 3.3.1;
/// Srivastava et al., VEEGAN (2017), section 5.1.
/// </summary>
/// <param name="digits">The classifier of one channel; freed with this.</param>
public sealed class StackedClassifier(FeatureNetwork digits) : IFrozenClassifier
{
    private const int Stacked = 3;

    public string Name => $"{digits.Name}, each channel";

    public string Hash => digits.Hash;

    public string Resize => digits.Resize;

    public int Width => Stacked * digits.Width;

    public int ClassCount => digits.ClassCount * digits.ClassCount * digits.ClassCount;

    /// <summary>Images [N, 3, H, W] → the features of the three channels beside each other [N, 3d]; the caller disposes them.</summary>
    /// <exception cref="DistGanException">The images have other channels, or are too small for the classifier.</exception>
    public Tensor Features(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.dim() != 4 || images.shape[1] != Stacked)
        {
            throw new DistGanException($"Feature network {Name} takes images [N, {Stacked}, height, width], not [{string.Join(", ", images.shape)}].");
        }

        using var channels = images.detach().flatten(0, 1).unsqueeze(1);
        using var features = digits.Features(channels);
        return features.view(images.shape[0], Width).alias();
    }

    public Tensor LogitsOf(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var k = digits.ClassCount;
        var ofChannels = digits.LogitsOf(features.reshape(-1, digits.Width)).log_softmax(1).view(-1, Stacked, k);
        var (a, b, c) = (ofChannels.select(1, 0), ofChannels.select(1, 1), ofChannels.select(1, 2));
        return a.view(-1, k, 1, 1).Plus(b.view(-1, 1, k, 1)).Plus(c.view(-1, 1, 1, k)).view(-1, ClassCount).MoveToOuterDisposeScope();
    }

    public void Dispose() => digits.Dispose();
}
