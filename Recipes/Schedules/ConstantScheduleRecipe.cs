using System.ComponentModel;

namespace DistGan.Recipes;

/// <summary>The same rate in every step.</summary>
[Description("The rate stays as it is.")]
public sealed record ConstantScheduleRecipe : ScheduleRecipe
{
    public override string Kind => "constant";

    public override bool NeedsLastStep => false;
}
