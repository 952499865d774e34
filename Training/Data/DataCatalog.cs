using DistGan.Recipes;

namespace DistGan.Training.Data;

/// <summary>Opens the data set that a recipe names.</summary>
public static class DataCatalog
{
    /// <summary>Points in a set that is drawn.</summary>
    public const int DrawnPoints = 100_000;

    /// <summary>Every named data set: from its recipe and the job's seed.</summary>
    public static IReadOnlyDictionary<string, Func<DataRecipe, long, IDataSet>> Entries { get; } =
        new Dictionary<string, Func<DataRecipe, long, IDataSet>>
        {
            [FashionFiles.Name] = static (recipe, _) => IdxDataSet.Open(FashionFiles.Name, FashionFiles.ShippedImages, FashionFiles.ShippedLabels, recipe.Size),
            ["ring"] = static (recipe, seed) => new GaussianMixtureDataSet("ring", GaussianMixtureDataSet.Ring(recipe.Modes), DrawnPoints, seed),
            ["grid"] = static (_, seed) => new GaussianMixtureDataSet("grid", GaussianMixtureDataSet.Grid(), DrawnPoints, seed),
        };

    /// <summary>Opens a named set or an IDX file. The caller disposes it.</summary>
    /// <exception cref="DistGanException">There is no such set, or a file is missing, damaged or does not fit the recipe.</exception>
    public static IDataSet Open(DataRecipe recipe, long seed)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        if (recipe.Idx is { } images)
        {
            return IdxDataSet.Open(Path.GetFileName(images), images, recipe.Labels, recipe.Size);
        }

        return Entries.TryGetValue(recipe.Name ?? "", out var open)
            ? open(recipe, seed)
            : throw new DistGanException($"There is no data set '{recipe.Name}': give data.name = {string.Join(", ", Entries.Keys)}, or a file in data.idx.");
    }
}
