using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>Hinge loss (Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17).</summary>
[Description("Hinge loss: D stops learning from samples that it tells apart by a margin (Lim and Ye 2017).")]
public sealed record HingeRecipe : ObjectiveRecipe
{
    public override string Kind => "hinge";

    public override bool HasDecisionBoundary => true;
}
