using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>Adds w·‖θ − θ̄‖² to each player's loss, with θ̄ from the parameter grain.</summary>
public sealed record HistoricalAveragingRecipe
{
    [Description("Weight w of the squared distance.")]
    [Range(0, 1e6, MinimumIsExclusive = true)]
    public double Weight { get; init; } = 1e-3;

    [Description("running: the average over all updates so far.")]
    [AllowedValues("running")]
    public string Kind { get; init; } = "running";
}
