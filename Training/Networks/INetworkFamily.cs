using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Networks;

/// <summary>A kind of network that can be either player.</summary>
public interface INetworkFamily
{
    /// <summary>Whether normalisation auto normalises the discriminator, unless the objective uses a gradient of D.</summary>
    bool NormalizesDiscriminator => false;

    /// <summary>z [N, latent] → samples [N, …shape]; images in [−1, 1].</summary>
    NetworkDefinition Generator(PlayerRecipe recipe, int latent, SampleShape shape);

    /// <summary>Samples [N, …shape] → scores [N, 1]; energies, which are low where scores are high, if <see cref="NetworkDefinition.Energy"/> says how.</summary>
    /// <param name="recipe">The discriminator of the recipe.</param>
    /// <param name="shape">Shape of a sample.</param>
    /// <param name="normalize">Whether hidden layers are batch-normalised (recipe value auto is resolved).</param>
    NetworkDefinition Discriminator(PlayerRecipe recipe, SampleShape shape, bool normalize);
}
