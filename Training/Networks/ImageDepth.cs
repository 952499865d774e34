using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Networks;

/// <summary>How often a network of square images doubles them.</summary>
internal static class ImageDepth
{
    private const int MostDepth = 20;

    /// <summary>The depth of a recipe; auto is as many doublings as leave a smallest map of at least 4 pixels: 28 = 7·2², 32 = 4·2³, 64 = 4·2⁴, 128 = 4·2⁵.</summary>
    /// <exception cref="DistGanException">The data are no square images, or that depth does not fit them.</exception>
    public static int Of(string network, PlayerRecipe recipe, SampleShape shape)
    {
        if (!shape.IsImage || shape.Height != shape.Width)
        {
            throw new DistGanException($"Network {network} makes square images, but the data are {shape}: use network mlp.");
        }

        var depth = recipe.Depth ?? ImageNetworks.Doublings(shape.Height, ImageNetworks.AutoMap);
        if (depth is < 1 or > MostDepth || shape.Height % (1 << depth) != 0 || shape.Height >> depth < ImageNetworks.SmallestMap)
        {
            throw new DistGanException($"Network {network} with depth {depth} cannot make images of size {shape.Height}: depth must be at least 1, and the size a multiple of 2^depth and at least twice that.");
        }

        return depth;
    }
}
