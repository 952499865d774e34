using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;

namespace DistGan.Training.Techniques;

/// <summary>
/// Minibatch discrimination: before its last dense layer D compares the samples of a batch with one another, so that samples which
/// are all alike give themselves away (Salimans et al. 2016, section 3.2); see <see cref="MinibatchDiscrimination"/>.
/// </summary>
/// <param name="recipe">B, C and whether similarities are means.</param>
/// <remarks>Real, fresh and replayed samples go through D in passes of their own and are never compared with each other.</remarks>
public sealed class MinibatchDiscriminating(MinibatchDiscriminationRecipe recipe) : Technique
{
    public override string Name => "minibatch-discrimination";

    /// <exception cref="DistGanException">D does not end in a dense layer.</exception>
    public override NetworkDefinition Rewrite(Player player, NetworkDefinition definition)
    {
        if (player == Player.Generator)
        {
            return definition;
        }

        var last = definition.Layers.ToList().FindLastIndex(static layer => Plain(layer) is Dense);
        return last < 0
            ? throw new DistGanException($"Technique {Name} stands before the last dense layer, but the {definition.Name} has none: take another network, or turn the technique off.")
            : definition with { Layers = definition.Layers.Insert(last, new MinibatchDiscrimination(recipe.Kernels, recipe.Dimensions, recipe.Normalise)) };
    }

    private static ILayer Plain(ILayer layer) => layer is SpectralNormalization normal ? normal.Inner : layer;
}
