namespace DistGan.Recipes;

/// <summary>Relativistic average GAN (Jolicoeur-Martineau 2019, section 4.2).</summary>
public sealed record RelativisticRecipe : ObjectiveRecipe
{
    public override string Kind => "relativistic";

    /// <summary>Only differences of scores enter the losses: a constant added to all changes nothing, so no score is a boundary.</summary>
    public override bool HasDecisionBoundary => false;
}
