using DistGan.Training.Networks;
using static TorchSharp.torch;

namespace DistGan.Training.Conditions;

/// <summary>
/// Conditional GAN: D(x, y), the one-hot label y joined to the input of D (Mirza and Osindero 2014, section 3.2): K further planes of an
/// image, plane k being y_k at every pixel, or K further numbers of a point. [N, C, H, W], [N, K] → [N, C + K, H, W]. Packs of m samples have
/// m·K of them, in the order of the samples.
/// </summary>
/// <param name="classes">K.</param>
public sealed class ConditionalGan(int classes) : Conditioning
{
    public override string Name => "cgan";

    public override NetworkDefinition Rewrite(NetworkDefinition definition)
        => definition with { Input = definition.Input.SetItem(0, definition.Input[0] + (long)definition.SamplesPerInput * classes) };

    public override Tensor Join(Tensor samples, Tensor? codes)
    {
        var labels = Required(codes).to_type(samples.dtype).reshape(samples.shape[0], -1);
        return samples.dim() == 2
            ? cat([samples, labels], 1)
            : cat([samples, labels.view(labels.shape[0], labels.shape[1], 1, 1).expand(labels.shape[0], labels.shape[1], samples.shape[2], samples.shape[3])], 1);
    }
}
