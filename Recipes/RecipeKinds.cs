namespace DistGan.Recipes;

/// <summary>The explicit catalogs of polymorphic recipe parts: a name, and a maker of its defaults.</summary>
public static class RecipeKinds
{
    public static IReadOnlyDictionary<string, Func<ObjectiveRecipe>> Objectives { get; } =
        new Dictionary<string, Func<ObjectiveRecipe>>
        {
            ["non-saturating"] = static () => new NonSaturatingRecipe(),
            ["wgan-gp"] = static () => new WassersteinGradientPenaltyRecipe(),
        };

    public static IReadOnlyDictionary<string, Func<OptimizerRecipe>> Optimizers { get; } =
        new Dictionary<string, Func<OptimizerRecipe>>
        {
            ["adam"] = static () => new AdamRecipe(),
        };

    public static IReadOnlyDictionary<string, Func<BalanceRecipe>> Balances { get; } =
        new Dictionary<string, Func<BalanceRecipe>>
        {
            ["static"] = static () => new StaticBalanceRecipe(),
        };
}
