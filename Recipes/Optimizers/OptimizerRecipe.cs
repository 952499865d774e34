using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace DistGan.Recipes;

/// <summary>How a gradient becomes an update; the kinds are listed in <see cref="RecipeKinds.Optimizers"/>.</summary>
public abstract record OptimizerRecipe
{
    /// <summary>The name of the kind in the catalog.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    [Description("Learning rate.")]
    [Range(0, 10, MinimumIsExclusive = true)]
    public double Rate { get; init; } = 2e-4;

    [Description("How the rate changes over the budget.")]
    public ScheduleRecipe Schedule { get; init; } = new ConstantScheduleRecipe();
}
