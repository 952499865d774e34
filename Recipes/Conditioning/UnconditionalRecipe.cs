using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>Neither labels nor codes.</summary>
[Description("Labels are not used; the generator gets noise alone.")]
public sealed record UnconditionalRecipe : ConditioningRecipe
{
    public override string Kind => "none";
}
