using DistGan.Recipes;
using DistGan.Training.Data.Archives;
using DistGan.Training.Data.Folders;
using DistGan.Training.Data.Sources;

namespace DistGan.Training.Data;

/// <summary>Opens the data set that a recipe names.</summary>
public static class DataCatalog
{
    /// <summary>Points in a set that is drawn.</summary>
    public const int DrawnPoints = 100_000;

    private const string TrainingImages = "train-images-idx3-ubyte";
    private const string TrainingLabels = "train-labels-idx1-ubyte";

    /// <summary>Every named data set: from its recipe, the job's seed and the surroundings.</summary>
    public static IReadOnlyDictionary<string, Func<DataRecipe, long, DataOpening, IDataSet>> Entries { get; } =
        new Dictionary<string, Func<DataRecipe, long, DataOpening, IDataSet>>
        {
            [FashionFiles.Name] = static (recipe, _, opening) => IdxDataSet.Open(FashionFiles.Name, FashionFiles.ShippedImages, FashionFiles.ShippedLabels, recipe, opening),
            ["fashion-mnist"] = static (recipe, _, opening) => OpenIdxPair("fashion-mnist", Required("fashion-mnist", opening), recipe, opening),
            ["mnist"] = static (recipe, _, opening) => OpenIdxPair("mnist", Required("mnist", opening), recipe, opening),
            ["cifar-10"] = static (recipe, _, opening) => CifarDataSet.Open("cifar-10", Required("cifar-10", opening), recipe, opening),
            ["stacked-mnist"] = OpenStacked,
            ["ring"] = static (recipe, seed, _) => new GaussianMixtureDataSet("ring", GaussianMixtureDataSet.Ring(recipe.Modes), DrawnPoints, seed),
            ["grid"] = static (_, seed, _) => new GaussianMixtureDataSet("grid", GaussianMixtureDataSet.Grid(), DrawnPoints, seed),
            ["gaussians"] = static (recipe, seed, _) => new GaussianMixtureDataSet("gaussians", GaussianMixtureDataSet.Scattered(recipe.Modes, recipe.Spread, seed), DrawnPoints, seed),
        };

    /// <summary>Opens a named set, a folder or an IDX file; of files that were uploaded, the copy on this machine where there is one. The caller disposes it.</summary>
    /// <param name="recipe">Which, and how it is prepared.</param>
    /// <param name="seed">The recipe's seed.</param>
    /// <param name="opening">Where files are looked for and who is told of what; the user's places and nobody without it.</param>
    /// <exception cref="DistGanException">There is no such set, or a file is missing, damaged or does not fit the recipe.</exception>
    public static IDataSet Open(DataRecipe recipe, long seed, DataOpening? opening = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        opening ??= new DataOpening();
        if (recipe.Stored is { } id && opening.Places.StoredFolder(id) is var root && Directory.Exists(root))
        {
            (recipe, opening) = ArchiveFiles.In(recipe, opening, root);
        }

        if (recipe.Idx is { } images)
        {
            return IdxDataSet.Open(opening.Name ?? Path.GetFileName(images), images, recipe.Labels, recipe, opening);
        }

        if (recipe.Folder is { } folder)
        {
            return CifarDataSet.IsIn(folder) ? CifarDataSet.Open(opening.Name ?? $"{Path.GetFileName(Path.GetFullPath(folder))}/", folder, recipe, opening) : FolderDataSet.Open(recipe, opening);
        }

        return Entries.TryGetValue(recipe.Name ?? "", out var open)
            ? open(recipe, seed, opening)
            : throw new DistGanException($"There is no data set '{recipe.Name}': give data.name = {string.Join(", ", Entries.Keys)}, a folder of images in data.folder, or a file in data.idx.");
    }

    private static string Required(string name, DataOpening opening) => DataLookup.Require(DataSetCards.Find(name)!, opening.Places);

    private static StoredImages OpenIdxPair(string name, string folder, DataRecipe recipe, DataOpening opening)
    {
        var (images, labels) = PairIn(folder);
        return IdxDataSet.Open(name, images, labels, recipe, opening);
    }

    /// <summary>The training images of a folder, and their labels.</summary>
    /// <exception cref="DistGanException">They are not both there.</exception>
    internal static (string Images, string Labels) PairIn(string folder)
    {
        var images = DataLookup.FileIn(folder, TrainingImages);
        var labels = DataLookup.FileIn(folder, TrainingLabels);
        return images is not null && labels is not null
            ? (images, labels)
            : throw new MachineException($"{TrainingImages} and {TrainingLabels}, plain or gzipped (.gz), are not both in the folder {folder}: give data.base = mnist, fashion-mnist, fashion-10k, or a folder that holds them.") { IsOfPath = true };
    }

    private static StackedDataSet OpenStacked(DataRecipe recipe, long seed, DataOpening opening)
    {
        var grey = recipe with { Channels = 1 };
        IDataSet digits = recipe.Base is FashionFiles.Name or "fashion-mnist" or "mnist"
            ? Entries[recipe.Base](grey, seed, opening)
            : OpenIdxPair($"{Path.GetFileName(Path.GetFullPath(recipe.Base))}/", recipe.Base, grey, opening);
        try
        {
            return new StackedDataSet("stacked-mnist", digits, StackedDataSet.DefaultCount, seed);
        }
        catch
        {
            digits.Dispose();
            throw;
        }
    }
}
