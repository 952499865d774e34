using DistGan.Recipes;
using DistGan.Training.Optimizers;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>The explicit catalog of optimisers through which gradients flow, by the kind of their recipe.</summary>
internal static class ImaginedOptimizerCatalog
{
    /// <summary>
    /// Added below roots of mean squares: the derivative of √v at an exact 0, as of a unit that never was active, is not finite.
    /// </summary>
    public const double UnderRoot = 1e-12;

    public static IReadOnlyDictionary<string, Func<OptimizerRecipe, IOptimizer, IImaginedOptimizer>> Makers { get; } =
        new Dictionary<string, Func<OptimizerRecipe, IOptimizer, IImaginedOptimizer>>
        {
            ["adam"] = static (recipe, real) => new ImaginedAdam((AdamRecipe)recipe, real),
            ["rmsprop"] = static (recipe, real) => new ImaginedRmsProp((RmsPropRecipe)recipe, real),
            ["sgd"] = static (recipe, real) => new ImaginedSgd((SgdRecipe)recipe, real),
        };

    /// <summary>What an optimiser would do next.</summary>
    public static IImaginedOptimizer Create(OptimizerRecipe recipe, IOptimizer real) => Makers[recipe.Kind](recipe, real);
}
