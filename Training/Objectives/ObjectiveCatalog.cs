using DistGan.Recipes;

namespace DistGan.Training.Objectives;

/// <summary>The explicit catalog of objectives, by the kind of their recipe.</summary>
public static class ObjectiveCatalog
{
    public static IReadOnlyDictionary<string, Func<ObjectiveRecipe, IObjective>> Makers { get; } =
        new Dictionary<string, Func<ObjectiveRecipe, IObjective>>
        {
            ["minimax"] = static _ => new Minimax(),
            ["non-saturating"] = static _ => new NonSaturating(),
            ["least-squares"] = static _ => new LeastSquares(),
            ["wasserstein"] = static recipe => new Wasserstein((WassersteinRecipe)recipe),
            ["wgan-gp"] = static recipe => new WassersteinGradientPenalty((WassersteinGradientPenaltyRecipe)recipe),
            ["dragan"] = static recipe => new Dragan((DraganRecipe)recipe),
            ["ebgan"] = static recipe => new EnergyBased((EnergyBasedRecipe)recipe),
            ["began"] = static recipe => new BoundaryEquilibrium((BoundaryEquilibriumRecipe)recipe),
            ["vae"] = static recipe => new Variational((VariationalRecipe)recipe),
            ["hinge"] = static _ => new Hinge(),
            ["relativistic"] = static _ => new Relativistic(),
        };

    /// <summary>The objective of a recipe.</summary>
    public static IObjective Create(ObjectiveRecipe recipe) => Makers[recipe.Kind](recipe);
}
