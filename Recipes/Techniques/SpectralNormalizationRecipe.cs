using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Weights are divided by their largest singular value.</summary>
public sealed record SpectralNormalizationRecipe
{
    [Description("Whose dense and convolution layers are normalised: the discriminator's, the generator's, or both.")]
    [AllowedValues("discriminator", "generator", "both")]
    public string Players { get; init; } = "discriminator";

    /// <summary>Whether the discriminator is normalised.</summary>
    public bool OfDiscriminator => Players != "generator";

    /// <summary>Whether the generator is normalised.</summary>
    public bool OfGenerator => Players != "discriminator";
}
