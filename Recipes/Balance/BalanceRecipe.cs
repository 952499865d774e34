using System.Text.Json.Serialization;

namespace DistGan.Recipes;

/// <summary>How many updates each player gets; the kinds are listed in <see cref="RecipeKinds.Balances"/>.</summary>
public abstract record BalanceRecipe
{
    /// <summary>The name of the kind in the catalog.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Whether every step has the same updates, so that the last step of a budget of images is known before training.</summary>
    [JsonIgnore]
    public virtual bool IsFixed => false;

    /// <summary>Whether it needs the accuracies of D, which only an objective with a decision boundary has.</summary>
    [JsonIgnore]
    public virtual bool NeedsAccuracies => false;

    /// <summary>Updates of a usual step, for estimates; exact where <see cref="IsFixed"/>.</summary>
    [JsonIgnore]
    public abstract BalanceTurn Usual { get; }

    /// <summary>The rule of this recipe at its beginning.</summary>
    public abstract IBalanceRule CreateRule();
}
