using DistGan.Client.CommandLine;
using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Client.Runs;

/// <summary>Whether the data that a recipe names are there, whole, and fit it.</summary>
public static class DataCheck
{
    /// <returns>The shape of one sample.</returns>
    /// <exception cref="InvalidRecipeException">The recipe does not fit the data.</exception>
    /// <exception cref="CommandException">The data cannot be read.</exception>
    public static SampleShape ThrowIfUnfit(Recipe recipe)
    {
        using var data = Open(recipe);
        RecipeValidator.ThrowIfInvalid(recipe, new DataFacts
        {
            Count = data.Count,
            Channels = data.Shape.Channels,
            Height = data.Shape.Height,
            Width = data.Shape.Width,
            Classes = data.Classes,
        });
        return data.Shape;
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
