using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Vectors;

namespace DistGan.Training.Networks;

/// <summary>
/// DCGAN (Radford et al. 2016): G projects z to 7×7 or 4×4 feature maps and doubles them <c>depth</c> times with transposed
/// convolutions (4×4, stride 2) to size = base·2^depth, ending in tanh; D mirrors it with strided convolutions and leaky rectifiers.
/// </summary>
/// <remarks>
/// depth auto: 2 for 28 (base 7), 3, 4 and 5 for 32, 64 and 128 (base 4). Channels halve at each doubling of G and double at each
/// halving of D; the map of the highest resolution has width, so width 128 at 64 pixels is the network of the paper.
/// </remarks>
public sealed class DeepConvolutional : INetworkFamily
{
    private const string Name = "dcgan";
    private static readonly Initializer Weights = Initializer.Normal(0, 0.02);

    public bool NormalizesDiscriminator => true;

    public NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape)
    {
        var normalize = recipe.Normalization != "none";
        var depth = ImageDepth.Of(Name, recipe, shape);
        var size = shape.Height >> depth;
        var channels = (long)recipe.Width << (depth - 1);
        List<ILayer> layers =
        [
            new Dense(channels * size * size, Bias: !normalize, Weights),
            new Reshape(channels, size, size),
            .. After(normalize, ActivationKind.Relu),
            .. Attention.At(recipe, size, channels),
        ];
        for (var i = 1; i < depth; i++)
        {
            channels /= 2;
            layers.Add(new TransposedConvolution(channels, 4, 2, 1, Bias: !normalize));
            layers.AddRange(After(normalize, ActivationKind.Relu));
            layers.AddRange(Attention.At(recipe, (long)size << i, channels));
        }

        layers.Add(new TransposedConvolution(shape.Channels, 4, 2, 1));
        layers.Add(new Activation(ActivationKind.Tanh, InPlace: true));
        return Attention.Require(recipe, new("generator", [latent], [.. layers]));
    }

    public NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize)
    {
        var depth = ImageDepth.Of(Name, recipe, shape);
        List<ILayer> layers = [];
        for (var i = 0; i < depth; i++)
        {
            // The first layer is not normalised (Radford et al. 2016, section 3): colours and brightness must get through.
            var normalizeThis = normalize && i > 0;
            layers.Add(new Convolution((long)recipe.Width << i, 4, 2, 1, Bias: !normalizeThis));
            layers.AddRange(After(normalizeThis, ActivationKind.LeakyRelu));
            layers.AddRange(Attention.At(recipe, shape.Height >> (i + 1), (long)recipe.Width << i));
        }

        layers.Add(new Reshape());
        layers.Add(new Dense(1, Initial: Weights));
        return Attention.Require(recipe, new("discriminator", [shape.Channels, shape.Height, shape.Width], [.. layers]));
    }

    private static IEnumerable<ILayer> After(bool normalize, ActivationKind activation)
        => normalize ? [new BatchNormalization(), new Activation(activation, InPlace: true)] : [new Activation(activation, InPlace: true)];
}
