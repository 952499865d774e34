using DistGan.Recipes.Binding;
using DistGan.Recipes.Validation;

namespace DistGan.Recipes;

/// <summary>Checks every bound of every key, then the combinations that cannot work.</summary>
public static class RecipeValidator
{
    /// <summary>All errors in record order; none means that the recipe can be trained.</summary>
    /// <param name="data">What is known about the data set once it is open; without it, what its name says.</param>
    public static IReadOnlyList<RecipeError> Validate(Recipe recipe, DataFacts? data = null)
        => Find(recipe, data).Select(static finding => finding.Error).ToArray();

    /// <summary>What works, but probably not as meant.</summary>
    public static IReadOnlyList<RecipeError> Warnings(Recipe recipe)
        => WarningRules.Find(recipe).Select(static finding => finding.Error).ToArray();

    /// <exception cref="InvalidRecipeException">The recipe has an error.</exception>
    public static void ThrowIfInvalid(Recipe recipe, DataFacts? data = null)
    {
        var errors = Validate(recipe, data);
        if (errors.Count > 0)
        {
            throw new InvalidRecipeException(errors);
        }
    }

    internal static IEnumerable<Finding> Find(Recipe recipe, DataFacts? data)
    {
        var bounds = BoundRules.Find(recipe).ToList();
        if (bounds.Exists(static finding => finding.Error.Message == BoundRules.Missing))
        {
            return bounds; // a part is null that combinations look into
        }

        var broken = bounds.Select(static finding => finding.Error.Key).ToHashSet();
        var facts = data ?? DataFacts.OfCatalog(recipe.Data);
        var combinations = DataRules.Find(recipe, facts)
            .Concat(EnergyRules.Find(recipe))
            .Concat(VariationalRules.Find(recipe, facts))
            .Concat(ConditioningRules.Find(recipe, facts))
            .Concat(TechniqueRules.Find(recipe, facts))
            .Concat(OptimizerRules.Find(recipe))
            .Concat(BalanceRules.Find(recipe))
            .Concat(RunRules.Find(recipe, facts))
            .Concat(TopologyRules.Find(recipe))
            .Concat(PopulationRules.Find(recipe))
            .Concat(DiscriminatorRules.Find(recipe))
            .Where(finding => !finding.Keys.Any(broken.Contains));
        return bounds.Concat(combinations);
    }
}
