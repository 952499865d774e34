using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>DRAGAN: non-saturating losses with a gradient penalty around the real samples (Kodali et al. 2017, equation 3).</summary>
[Description("DRAGAN: non-saturating, with a penalty on the gradient of D around real samples (Kodali et al. 2017).")]
public sealed record DraganRecipe : ObjectiveRecipe
{
    public override string Kind => "dragan";

    public override bool HasDecisionBoundary => true;

    public override bool UsesGradientOfDiscriminator => true;

    public override bool HasRealTarget => true;

    [Description("Weight lambda of the gradient penalty.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Penalty { get; init; } = 10;
}
