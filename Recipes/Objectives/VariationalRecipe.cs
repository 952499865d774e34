using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Variational autoencoder (Kingma and Welling 2014), for comparison: no game, an encoder takes the place of D.</summary>
[Description("Variational autoencoder, for comparison: an encoder in the place of D and the generator as decoder maximise one bound of the likelihood (Kingma and Welling 2014).")]
public sealed record VariationalRecipe : ObjectiveRecipe
{
    public override string Kind => "vae";

    public override bool HasDecisionBoundary => false;

    public override bool HasDiscriminator => false;

    [Description("Distribution of the numbers of a sample around its reconstruction: gaussian, or bernoulli, which takes each number of an image for a probability of white.")]
    [AllowedValues("gaussian", "bernoulli")]
    public string Likelihood { get; init; } = "gaussian";

    [Description("Standard deviation of the gaussian likelihood; lower weighs the reconstruction more.")]
    [Range(1e-3, 1e3)]
    public double Deviation { get; init; } = 0.1;
}
