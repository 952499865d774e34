using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Vectors;

namespace DistGan.Training.Networks;

/// <summary>
/// DCGAN (Radford et al. 2016): G projects z to 7×7 or 4×4 feature maps and doubles them <c>depth</c> times with transposed
/// convolutions (4×4, stride 2) to size = base·2^depth, ending in tanh; D mirrors it with strided convolutions and leaky rectifiers.
/// </summary>
/// <remarks>depth auto: 2 for 28 (base 7), 3 for 32 (base 4). Channels halve at each doubling of G and double at each halving of D, from width.</remarks>
public sealed class DeepConvolutional : INetworkFamily
{
    private const int MostDepth = 20;
    private static readonly Initializer Weights = Initializer.Normal(0, 0.02);

    public NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape)
    {
        var normalize = recipe.Normalization != "none";
        var depth = Depth(recipe, shape);
        var size = shape.Height >> depth;
        var channels = (long)recipe.Width << (depth - 1);
        List<ILayer> layers =
        [
            new Dense(channels * size * size, Bias: !normalize, Weights),
            new Reshape(channels, size, size),
            .. After(normalize, ActivationKind.Relu),
        ];
        for (var i = 1; i < depth; i++)
        {
            channels /= 2;
            layers.Add(new TransposedConvolution(channels, 4, 2, 1, Bias: !normalize));
            layers.AddRange(After(normalize, ActivationKind.Relu));
        }

        layers.Add(new TransposedConvolution(shape.Channels, 4, 2, 1));
        layers.Add(new Activation(ActivationKind.Tanh, InPlace: true));
        return new("generator", [latent], [.. layers]);
    }

    public NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize)
    {
        var depth = Depth(recipe, shape);
        List<ILayer> layers = [];
        for (var i = 0; i < depth; i++)
        {
            // The first layer is not normalised (Radford et al. 2016, section 3): colours and brightness must get through.
            var normalizeThis = normalize && i > 0;
            layers.Add(new Convolution((long)recipe.Width << i, 4, 2, 1, Bias: !normalizeThis));
            layers.AddRange(After(normalizeThis, ActivationKind.LeakyRelu));
        }

        layers.Add(new Reshape());
        layers.Add(new Dense(1, Initial: Weights));
        return new("discriminator", [shape.Channels, shape.Height, shape.Width], [.. layers]);
    }

    private static int Depth(PlayerRecipe recipe, SampleShape shape)
    {
        if (!shape.IsImage || shape.Height != shape.Width)
        {
            throw new DistGanException($"Network dcgan makes square images, but the data are {shape}: use network mlp.");
        }

        var depth = recipe.Depth ?? (shape.Height % 8 == 0 ? 3 : 2);
        if (depth is < 1 or > MostDepth || shape.Height % (1 << depth) != 0 || shape.Height >> depth < 2)
        {
            throw new DistGanException($"Network dcgan with depth {depth} cannot make images of size {shape.Height}: depth must be at least 1, and the size a multiple of 2^depth and at least twice that.");
        }

        return depth;
    }

    private static IEnumerable<ILayer> After(bool normalize, ActivationKind activation)
        => normalize ? [new BatchNormalization(), new Activation(activation, InPlace: true)] : [new Activation(activation, InPlace: true)];
}
