using DistGan.Recipes;
using DistGan.Training.Layers;

namespace DistGan.Training.Networks;

/// <summary>Where a recipe wants self-attention inside a network of square maps.</summary>
internal static class Attention
{
    /// <summary>The block for a map of <paramref name="size"/> by <paramref name="size"/> pixels; nothing where the recipe does not name that size.</summary>
    public static IEnumerable<ILayer> At(PlayerRecipe recipe, long size, long channels)
        => recipe.AttentionSizes.Contains((int)size) ? [SelfAttention.Of(channels)] : [];

    /// <summary>The network, in which every size that the recipe names has its block.</summary>
    /// <exception cref="DistGanException">The network has no map of a size.</exception>
    public static NetworkDefinition Require(PlayerRecipe recipe, NetworkDefinition definition)
    {
        var blocks = definition.Layers.Count(static layer => layer is SelfAttention);
        return blocks == recipe.AttentionSizes.Count
            ? definition
            : throw new DistGanException($"The {definition.Name} has no map of one of the sizes {string.Join(", ", recipe.AttentionSizes)} that '{definition.Name}.attention' names: take sizes that its doublings pass through.");
    }
}
