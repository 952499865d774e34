using DistGan.Client.CommandLine;
using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Runs;

/// <summary>Whether the data that a recipe names are there, whole, and fit it.</summary>
public static class DataCheck
{
    /// <param name="recipe">What is to be trained.</param>
    /// <param name="opening">Who is told how far the opening is, and what is left out; nobody without it.</param>
    /// <returns>What is known about the data once they are open.</returns>
    /// <exception cref="InvalidRecipeException">The recipe does not fit the data.</exception>
    /// <exception cref="CommandException">The data cannot be read.</exception>
    public static DataFacts ThrowIfUnfit(Recipe recipe, DataOpening? opening = null)
    {
        using var data = Open(recipe, opening ?? new DataOpening());
        var facts = new DataFacts
        {
            Count = data.Count,
            Channels = data.Shape.Channels,
            Height = data.Shape.Height,
            Width = data.Shape.Width,
            Classes = data.Classes,
        };
        RecipeValidator.ThrowIfInvalid(recipe, facts);
        return facts;
    }

    /// <summary>Opens the data; the caller disposes them.</summary>
    /// <exception cref="CommandException">They cannot be read.</exception>
    public static IDataSet Open(Recipe recipe, DataOpening opening)
    {
        try
        {
            return DataCatalog.Open(recipe.Data, recipe.Seed, opening);
        }
        catch (DistGanException exception)
        {
            throw new CommandException(ExitCodes.Usage, exception.Message, exception);
        }
    }
}
