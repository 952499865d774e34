using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Layers;
using DistGan.Training.Vectors;

namespace DistGan.Training.Networks;

/// <summary>
/// The residual networks of SNGAN (Miyato et al. 2018, appendix B.4, tables 4 and 6). G: z → dense → [channels, base, base] →
/// <c>depth</c> residual blocks that double the resolution → batch normalisation, rectifier, 3×3 convolution, tanh. D: <c>depth</c>
/// residual blocks that halve it, the first one without a rectifier before it → blocks that keep it → rectifier → sum over
/// positions → dense 1.
/// </summary>
/// <remarks>
/// Up to 32 pixels every map has width channels and D ends in two blocks that keep the resolution (table 4: width 256 in G, 128 in D;
/// depth auto 3 in G of 32 pixels, 2 of 28, and 2 in D). Above, channels double with each halving from width, and one block keeps the
/// resolution (table 6: width 64). D is not normalised unless the recipe says so.
/// </remarks>
public sealed class ResidualConvolutional : INetworkFamily
{
    private const string Name = "residual";

    public NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape)
    {
        var normalize = recipe.Normalization != "none";
        var depth = ImageDepth.Of(Name, recipe, shape);
        var size = shape.Height >> depth;
        var channels = Channels(recipe, shape, depth - 1);
        List<ILayer> layers = [new Dense(channels * size * size), new Reshape(channels, size, size), .. Attention.At(recipe, size, channels)];
        for (var level = depth - 1; level >= 0; level--)
        {
            var next = Channels(recipe, shape, level);
            layers.Add(ResidualBlocks.Up(channels, next, normalize));
            channels = next;
            layers.AddRange(level > 0 ? Attention.At(recipe, shape.Height >> level, channels) : []);
        }

        layers.AddRange(normalize ? [new BatchNormalization(Spread: 0)] : []);
        layers.Add(new Activation(ActivationKind.Relu, InPlace: true));
        layers.Add(new Convolution(shape.Channels, 3, 1, 1, Initial: Initializer.Glorot(9 * channels, 9 * shape.Channels)));
        layers.Add(new Activation(ActivationKind.Tanh, InPlace: true));
        return Attention.Require(recipe, new("generator", [latent], [.. layers]));
    }

    public NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize)
    {
        var depth = ImageDepth.Of(Name, DiscriminatorDepth(recipe, shape), shape);
        var channels = Channels(recipe, shape, 0);
        List<ILayer> layers = [ResidualBlocks.First(shape.Channels, channels), .. Attention.At(recipe, shape.Height >> 1, channels)];
        for (var level = 1; level < depth; level++)
        {
            var next = Channels(recipe, shape, level);
            layers.Add(ResidualBlocks.Down(channels, next, normalize));
            channels = next;
            layers.AddRange(Attention.At(recipe, shape.Height >> (level + 1), channels));
        }

        layers.AddRange(Enumerable.Repeat(ResidualBlocks.Keep(channels, normalize), HasOneWidth(shape) ? 2 : 1));
        layers.Add(new Activation(ActivationKind.Relu, InPlace: true));
        layers.Add(new GlobalSum());
        layers.Add(new Dense(1));
        return Attention.Require(recipe, new("discriminator", [shape.Channels, shape.Height, shape.Width], [.. layers]));
    }

    private static bool HasOneWidth(SampleShape shape) => shape.Height <= ImageNetworks.LargestOfOneWidth;

    /// <summary>Channels of the map that lies <paramref name="level"/> halvings below the highest resolution of a block's output.</summary>
    private static long Channels(PlayerRecipe recipe, SampleShape shape, int level)
        => HasOneWidth(shape) ? recipe.Width : (long)recipe.Width << level;

    private static PlayerRecipe DiscriminatorDepth(PlayerRecipe recipe, SampleShape shape)
        => recipe.Depth is null && HasOneWidth(shape) ? recipe with { Depth = ImageNetworks.ShallowDepth } : recipe;
}
