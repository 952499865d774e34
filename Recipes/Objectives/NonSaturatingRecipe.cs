namespace DistGan.Recipes;

/// <summary>Non-saturating GAN (Goodfellow et al. 2014, section 3).</summary>
public sealed record NonSaturatingRecipe : ObjectiveRecipe
{
    public override string Kind => "non-saturating";

    public override bool HasDecisionBoundary => true;

    public override bool HasRealTarget => true;
}
