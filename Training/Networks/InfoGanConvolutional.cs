using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Vectors;

namespace DistGan.Training.Networks;

/// <summary>
/// The networks of InfoGAN (Chen et al. 2016, appendix C) as Lucic et al. (2018) compare objectives with them, w = width (64 there).
/// G: z → dense 16w → dense 2w·(H/4)·(W/4) → [2w, H/4, W/4] → transposed convolution w → transposed convolution C, tanh.
/// D: x → convolution w → convolution 2w → dense 16w → dense 1. Kernels 4×4, stride 2; G has batch normalisation and rectifiers
/// after all but the last layer, D leaky rectifiers, and batch normalisation after its two middle layers.
/// </summary>
/// <remarks>Their G ends in a sigmoid, for images in [0, 1]; here images lie in [−1, 1], so it ends in tanh = 2σ(2·) − 1. H and W are multiples of 4.</remarks>
public sealed class InfoGanConvolutional : INetworkFamily
{
    private const int Hidden = 16;
    private static readonly Initializer Weights = Initializer.Normal(0, 0.02);

    public bool NormalizesDiscriminator => true;

    public NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape)
    {
        Require(shape);
        var (width, normalize) = ((long)recipe.Width, recipe.Normalization != "none");
        var (height, across) = (shape.Height / 4, shape.Width / 4);
        return new("generator", [latent],
        [
            new Dense(Hidden * width, Bias: !normalize, Weights),
            .. After(normalize, ActivationKind.Relu),
            new Dense(2 * width * height * across, Bias: !normalize, Weights),
            .. After(normalize, ActivationKind.Relu),
            new Reshape(2 * width, height, across),
            new TransposedConvolution(width, 4, 2, 1, Bias: !normalize),
            .. After(normalize, ActivationKind.Relu),
            new TransposedConvolution(shape.Channels, 4, 2, 1),
            new Activation(ActivationKind.Tanh, InPlace: true),
        ]);
    }

    public NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize)
    {
        Require(shape);
        var width = (long)recipe.Width;
        return new("discriminator", [shape.Channels, shape.Height, shape.Width],
        [
            new Convolution(width, 4, 2, 1),
            .. After(normalize: false, ActivationKind.LeakyRelu),
            new Convolution(2 * width, 4, 2, 1, Bias: !normalize),
            .. After(normalize, ActivationKind.LeakyRelu),
            new Reshape(),
            new Dense(Hidden * width, Bias: !normalize, Weights),
            .. After(normalize, ActivationKind.LeakyRelu),
            new Dense(1, Initial: Weights),
        ]);
    }

    private static void Require(SampleShape shape)
    {
        if (!shape.IsImage || shape.Height % 4 != 0 || shape.Width % 4 != 0)
        {
            throw new DistGanException($"Network infogan makes images whose height and width are multiples of 4, but the data are {shape}: use another size, or network mlp.");
        }
    }

    private static IEnumerable<ILayer> After(bool normalize, ActivationKind activation)
        => normalize ? [new BatchNormalization(), new Activation(activation, InPlace: true)] : [new Activation(activation, InPlace: true)];
}
