using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>Projection discriminator (Miyato and Koyama 2018).</summary>
[Description("D adds the inner product of a sample's features with a vector of its label to its score (Miyato and Koyama 2018, equation 3).")]
public sealed record ProjectionRecipe : ConditioningRecipe
{
    public override string Kind => "projection";

    public override bool UsesLabels => true;
}
