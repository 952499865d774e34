using System.Text.Json.Serialization;

namespace DistGan.Recipes;

/// <summary>How many updates each player gets; the kinds are listed in <see cref="RecipeKinds.Balances"/>.</summary>
public abstract record BalanceRecipe
{
    /// <summary>The name of the kind in the catalog.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }
}
