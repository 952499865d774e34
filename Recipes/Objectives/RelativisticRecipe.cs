using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>Relativistic average GAN (Jolicoeur-Martineau 2019, section 4.2).</summary>
[Description("Relativistic average GAN: D judges whether real samples are more real than generated ones on average (Jolicoeur-Martineau 2018).")]
public sealed record RelativisticRecipe : ObjectiveRecipe
{
    public override string Kind => "relativistic";

    /// <summary>Only differences of scores enter the losses: a constant added to all changes nothing, so no score is a boundary.</summary>
    public override bool HasDecisionBoundary => false;
}
