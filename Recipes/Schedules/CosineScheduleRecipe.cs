using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>A rising line while it warms up, then half a cosine until the last step (Loshchilov and Hutter 2017, equation 5).</summary>
[Description("The rate rises over the warm-up and falls along half a cosine to a share of itself.")]
public sealed record CosineScheduleRecipe : ScheduleRecipe
{
    public override string Kind => "cosine";

    [Description("Steps in which the rate rises to its whole; fewer than the budget has.")]
    [Range(0, long.MaxValue)]
    public long WarmUpSteps { get; init; }

    [Description("Share of the rate that is left in the last step.")]
    [Range(0, 1)]
    public double To { get; init; }
}
