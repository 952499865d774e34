using DistGan.Recipes;
using TorchSharp;

namespace DistGan.Training.Optimizers;

/// <summary>The explicit catalog of optimisers, by the kind of their recipe.</summary>
public static class OptimizerCatalog
{
    public static IReadOnlyDictionary<string, Func<OptimizerRecipe, torch.Tensor, IOptimizer>> Makers { get; } =
        new Dictionary<string, Func<OptimizerRecipe, torch.Tensor, IOptimizer>>
        {
            ["adam"] = static (recipe, like) => new Adam((AdamRecipe)recipe, like),
            ["rmsprop"] = static (recipe, like) => new RmsProp((RmsPropRecipe)recipe, like),
            ["sgd"] = static (recipe, like) => new Sgd((SgdRecipe)recipe, like),
        };

    /// <summary>An optimiser for a vector like <paramref name="like"/>.</summary>
    public static IOptimizer Create(OptimizerRecipe recipe, torch.Tensor like) => Makers[recipe.Kind](recipe, like);
}
