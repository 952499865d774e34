using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>The whole rate at first, then falling in a straight line until the last step.</summary>
[Description("The rate falls in a straight line from a share of the budget on, to a share of itself.")]
public sealed record LinearScheduleRecipe : ScheduleRecipe
{
    public override string Kind => "linear";

    [Description("Share of the budget after which the rate falls.")]
    [Range(0, 1, MaximumIsExclusive = true)]
    public double Start { get; init; } = 0.5;

    [Description("Share of the rate that is left in the last step.")]
    [Range(0, 1)]
    public double To { get; init; }
}
