using DistGan.Recipes;
using DistGan.Training.Layers;
using DistGan.Training.Networks;

namespace DistGan.Training.Techniques;

/// <summary>
/// Spectral normalisation: every dense and convolution layer of D (or of the players that the recipe names) uses W/σ(W), which makes
/// it 1-Lipschitz (Miyato et al. 2018); see <see cref="SpectralNormalization"/>.
/// </summary>
/// <param name="recipe">Whose layers.</param>
public sealed class SpectralNormalizing(SpectralNormalizationRecipe recipe) : Technique
{
    public override string Name => "spectral-normalization";

    public override NetworkDefinition Rewrite(Player player, NetworkDefinition definition)
        => (player == Player.Discriminator ? recipe.OfDiscriminator : recipe.OfGenerator)
            ? definition.Map(static layer => SpectralNormalization.Takes(layer) ? new SpectralNormalization(layer) : layer)
            : definition;
}
