using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>WGAN-GP (Gulrajani et al. 2017, equation 3).</summary>
[Description("Wasserstein distance, with a penalty that holds the gradient norm of D near 1 (Gulrajani et al. 2017, equation 3).")]
public sealed record WassersteinGradientPenaltyRecipe : ObjectiveRecipe
{
    public override string Kind => "wgan-gp";

    public override bool HasDecisionBoundary => false;

    public override bool UsesGradientOfDiscriminator => true;

    [Description("Weight lambda of the gradient penalty.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Penalty { get; init; } = 10;
}
