using System.Text.Json.Serialization;

namespace DistGan.Recipes;

/// <summary>How a learning rate changes over the budget; the kinds are listed in <see cref="RecipeKinds.Schedules"/>.</summary>
public abstract record ScheduleRecipe
{
    /// <summary>The name of the kind in the catalog.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Whether the rate of a step depends on which step is the last.</summary>
    [JsonIgnore]
    public virtual bool NeedsLastStep => true;
}
