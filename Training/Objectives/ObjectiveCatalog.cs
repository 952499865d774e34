using DistGan.Recipes;

namespace DistGan.Training.Objectives;

/// <summary>The explicit catalog of objectives, by the kind of their recipe.</summary>
public static class ObjectiveCatalog
{
    public static IReadOnlyDictionary<string, Func<ObjectiveRecipe, IObjective>> Makers { get; } =
        new Dictionary<string, Func<ObjectiveRecipe, IObjective>>
        {
            ["non-saturating"] = static _ => new NonSaturating(),
            ["wgan-gp"] = static recipe => new WassersteinGradientPenalty((WassersteinGradientPenaltyRecipe)recipe),
        };

    /// <summary>The objective of a recipe.</summary>
    public static IObjective Create(ObjectiveRecipe recipe) => Makers[recipe.Kind](recipe);
}
