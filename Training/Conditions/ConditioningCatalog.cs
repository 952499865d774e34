using DistGan.Recipes;

namespace DistGan.Training.Conditions;

/// <summary>The explicit catalog of conditionings, by the kind of their recipe.</summary>
public static class ConditioningCatalog
{
    public static IReadOnlyDictionary<string, Func<ConditioningRecipe, LatentLayout, Conditioning>> Makers { get; } =
        new Dictionary<string, Func<ConditioningRecipe, LatentLayout, Conditioning>>
        {
            ["none"] = static (_, _) => new Unconditional(),
            ["cgan"] = static (_, layout) => new ConditionalGan(layout.Categories),
            ["projection"] = static (_, layout) => new Projection(layout.Categories),
            ["acgan"] = static (recipe, layout) => new AuxiliaryClassifier((AuxiliaryClassifierRecipe)recipe, layout.Categories),
            ["infogan"] = static (recipe, layout) => new InformationMaximizing((InformationMaximizingRecipe)recipe, layout),
        };

    /// <summary>The conditioning of a recipe.</summary>
    /// <param name="recipe">Its part about it.</param>
    /// <param name="layout">What a row of the generator's input is made of.</param>
    public static Conditioning Create(ConditioningRecipe recipe, LatentLayout layout)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Makers[recipe.Kind](recipe, layout);
    }
}
