using DistGan.Recipes;

namespace DistGan.Client.Runs;

/// <summary>The recipe of a new run that may begin with the weights of another.</summary>
internal static class StartedRecipe
{
    /// <summary>The recipe that is given, or, where none is, that of the run whose weights it begins with; with changes, and the name that fits its data.</summary>
    /// <param name="file">A recipe file, or null.</param>
    /// <param name="preset">A preset, or null.</param>
    /// <param name="overrides">Assignments to its keys.</param>
    /// <param name="start">The weights; null for random ones.</param>
    public static Recipe Build(string? file, string? preset, IReadOnlyList<string> overrides, StartSource? start)
    {
        if (start?.Recipe is { } other && file is null && preset is null)
        {
            var taken = RecipeReader.Apply(other, overrides);
            start.ThrowIfDataAreMissing(taken);
            return RunNames.OfData(taken, overrides, isNamed: !RunNames.ChangesData(overrides));
        }

        var recipe = RecipeSource.Build(file, preset, overrides);
        return RunNames.OfData(recipe, overrides, isNamed: file is not null && recipe.Name != new Recipe().Name);
    }
}
