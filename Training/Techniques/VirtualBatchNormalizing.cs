using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Vectors;

namespace DistGan.Training.Techniques;

/// <summary>
/// Virtual batch normalisation of G: a reference batch of latents, drawn before training, goes through G with every batch and normalises
/// it, so that an image does not depend on the others that are drawn beside it (Salimans et al. 2016, section 3.5);
/// see <see cref="VirtualBatchNormalization"/>. The latents are a function of the recipe's seed, the same in all replicas, and lie in β.
/// </summary>
/// <param name="recipe">n.</param>
public sealed class VirtualBatchNormalizing(VirtualBatchNormalizationRecipe recipe) : Technique
{
    public override string Name => "virtual-batch-normalization";

    public override NetworkDefinition Rewrite(Player player, NetworkDefinition definition)
    {
        if (player == Player.Discriminator)
        {
            return definition;
        }

        var latents = definition.HasUniformInput ? new Initializer(0, 1, IsUniform: true) : Initializer.Normal(0, 1);
        var mapped = definition.Map(layer => layer is BatchNormalization plain ? new VirtualBatchNormalization(recipe.Reference, plain.Spread, plain.Epsilon) : layer);
        return mapped with { Layers = [new ReferenceBatch(recipe.Reference, latents) { Latents = definition.Latents }, .. mapped.Layers, new WithoutReference(recipe.Reference)] };
    }
}
