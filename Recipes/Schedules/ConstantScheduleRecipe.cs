namespace DistGan.Recipes;

/// <summary>The same rate in every step.</summary>
public sealed record ConstantScheduleRecipe : ScheduleRecipe
{
    public override string Kind => "constant";

    public override bool NeedsLastStep => false;
}
