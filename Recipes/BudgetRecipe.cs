using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DistGan.Recipes;

/// <summary>When a replica is done: at the first bound that it reaches; at least one is given.</summary>
public sealed record BudgetRecipe
{
    [Description("Steps of each replica.")]
    [Range(1, long.MaxValue)]
    public long? Steps { get; init; } = 3000;

    [Description("Real images shown to D of each replica.")]
    [Range(1, long.MaxValue)]
    public long? Images { get; init; }

    [Description("Minutes of training; outside the promise of bit-equal repetition.")]
    [Range(0, 1e7, MinimumIsExclusive = true)]
    public double? Minutes { get; init; }
}
