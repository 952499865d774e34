using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>Non-saturating GAN (Goodfellow et al. 2014, section 3).</summary>
[Description("Non-saturating GAN: G maximises the log-probability that D takes its images for real (Goodfellow et al. 2014, section 3).")]
public sealed record NonSaturatingRecipe : ObjectiveRecipe
{
    public override string Kind => "non-saturating";

    public override bool HasDecisionBoundary => true;

    public override bool HasRealTarget => true;
}
