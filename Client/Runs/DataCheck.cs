using DistGan.Client.CommandLine;
using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Client.Runs;

/// <summary>Whether the data that a recipe names are there, whole, and fit it.</summary>
public static class DataCheck
{
    /// <summary>What is known about the data once they are open.</summary>
    /// <exception cref="InvalidRecipeException">The recipe does not fit the data.</exception>
    /// <exception cref="CommandException">The data cannot be read.</exception>
    public static DataFacts ThrowIfUnfit(Recipe recipe)
    {
        using var data = Open(recipe);
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

    private static IDataSet Open(Recipe recipe)
    {
        try
        {
            return DataCatalog.Open(recipe.Data, recipe.Seed);
        }
        catch (DistGanException exception)
        {
            throw new CommandException(ExitCodes.Usage, exception.Message, exception);
        }
    }
}
