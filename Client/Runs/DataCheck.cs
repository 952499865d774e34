using DistGan.Client.CommandLine;
using DistGan.Recipes;

namespace DistGan.Client.Runs;

/// <summary>Whether the data that a recipe names are there, whole, and fit it.</summary>
public static class DataCheck
{
    /// <exception cref="InvalidRecipeException">The recipe does not fit the data.</exception>
    /// <exception cref="CommandException">The data cannot be read.</exception>
    public static void ThrowIfUnfit(Recipe recipe)
    {
        RecipeValidator.ThrowIfInvalid(recipe);
    }
}
