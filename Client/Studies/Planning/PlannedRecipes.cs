using DistGan.Recipes;

namespace DistGan.Client.Studies.Planning;

/// <summary>The recipes that the configurations of a study make, checked all at once.</summary>
public static class PlannedRecipes
{
    private const int NamedConfigurations = 3;

    /// <summary>The recipe of each configuration.</summary>
    /// <param name="recipe">What they change.</param>
    /// <param name="configurations">What they change it to.</param>
    /// <param name="errors">Where the errors of all of them are added; the same error of several is one.</param>
    public static IReadOnlyList<(string Name, Recipe Recipe)> Make(Recipe recipe, IReadOnlyList<StudyConfiguration> configurations, ICollection<RecipeError> errors)
    {
        var made = new List<(string, Recipe)>();
        var found = new List<(string, RecipeError)>();
        foreach (var configuration in configurations)
        {
            try
            {
                made.Add((configuration.Name, RecipeReader.Apply(recipe, configuration.Overrides)));
            }
            catch (InvalidRecipeException refused)
            {
                found.AddRange(refused.Errors.Select(error => (configuration.Name, error)));
            }
        }

        AddTo(errors, found);
        return made;
    }

    /// <summary>Checks recipes against their data, once the data are open.</summary>
    /// <param name="recipes">The recipes.</param>
    /// <param name="open">Opens the data of a recipe.</param>
    /// <param name="errors">Where errors are added.</param>
    /// <returns>What is known of the data of each.</returns>
    public static IReadOnlyList<DataFacts> Check(IReadOnlyList<(string Name, Recipe Recipe)> recipes, Func<Recipe, DataFacts> open, ICollection<RecipeError> errors)
    {
        var known = new Dictionary<DataRecipe, DataFacts>();
        var found = new List<(string, RecipeError)>();
        var all = new List<DataFacts>();
        foreach (var (name, recipe) in recipes)
        {
            if (!known.TryGetValue(recipe.Data, out var facts))
            {
                known[recipe.Data] = facts = open(recipe);
            }

            found.AddRange(RecipeValidator.Validate(recipe, facts).Select(error => (name, error)));
            all.Add(facts);
        }

        AddTo(errors, found);
        return all;
    }

    private static void AddTo(ICollection<RecipeError> errors, IEnumerable<(string Name, RecipeError Error)> found)
    {
        foreach (var same in found.GroupBy(static entry => entry.Error))
        {
            var names = same.Select(static entry => entry.Name).ToList();
            var more = names.Count > NamedConfigurations ? $" and {names.Count - NamedConfigurations} more" : "";
            errors.Add(same.Key with { Message = $"{same.Key.Message} (in {string.Join(", ", names.Take(NamedConfigurations))}{more})" });
        }
    }
}
