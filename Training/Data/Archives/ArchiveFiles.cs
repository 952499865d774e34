using DistGan.Recipes;
using DistGan.Training.Data.Folders;
using DistGan.Training.Data.Sources;

namespace DistGan.Training.Data.Archives;

/// <summary>
/// Which files of this machine a data set is read from, and where they lie once they came as an archive:
/// <c>folder/…</c>, <c>idx/images</c>, <c>idx/labels</c>, <c>base/…</c>, or, for a set of the catalog, <c>SET/…</c>. What the folder or file is called is not
/// part of it: the same content has one hash under every name.
/// </summary>
public static class ArchiveFiles
{
    private const string FolderPart = "folder";
    private const string ImagesFile = "idx/images";
    private const string LabelsFile = "idx/labels";
    private const string BasePart = "base";
    private const string Stacked = "stacked-mnist";

    /// <summary>The files that opening would read, in the order of their names in the archive; none for what is drawn or shipped, and for a set of the catalog that is not on this machine.</summary>
    /// <exception cref="DistGanException">The folder or a file is not there.</exception>
    public static IReadOnlyList<ArchiveEntry> Of(DataRecipe recipe, DataPlaces places)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var entries = recipe switch
        {
            { Idx: { } images } => Files(recipe.Labels is { } labels ? [(ImagesFile, images), (LabelsFile, labels)] : [(ImagesFile, images)]),
            { Folder: { } folder } => OfFolder(recipe, folder),
            { Name: Stacked } when DataSetCards.Find(recipe.Base) is null => OfBase(recipe.Base),
            { Name: Stacked } => OfSet(recipe.Base, places),
            _ => OfSet(recipe.Name, places),
        };
        return [.. entries.OrderBy(static entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <summary>What people call the data.</summary>
    public static string NameOf(DataRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.Idx is { } images ? Path.GetFileName(images) : recipe.Folder is { } folder ? $"{LastOf(folder)}/" : recipe.Name ?? "data";
    }

    /// <summary>The recipe and the surroundings where the files lie in an unpacked archive.</summary>
    /// <param name="recipe">As it was submitted.</param>
    /// <param name="opening">The surroundings of this machine.</param>
    /// <param name="root">The folder of the unpacked archive.</param>
    public static (DataRecipe Recipe, DataOpening Opening) In(DataRecipe recipe, DataOpening opening, string root)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(opening);
        var moved = recipe with
        {
            Idx = recipe.Idx is not null ? Path.Combine(root, ImagesFile) : null,
            Labels = recipe is { Idx: not null, Labels: not null } ? Path.Combine(root, LabelsFile) : recipe.Labels,
            Folder = recipe.Folder is not null ? Path.Combine(root, FolderPart) : null,
            Base = recipe.Name == Stacked && DataSetCards.Find(recipe.Base) is null ? Path.Combine(root, BasePart) : recipe.Base,
        };
        return (moved, opening with { Places = opening.Places with { First = root }, Name = NameOf(recipe) });
    }

    private static IEnumerable<ArchiveEntry> Files((string Name, string Path)[] files)
    {
        foreach (var (name, path) in files)
        {
            if (!File.Exists(path))
            {
                throw new MachineException($"There is no file {path}: give the image file in data.idx, and its labels in data.labels.") { IsOfPath = true };
            }

            yield return new ArchiveEntry(name, path);
        }
    }

    private static IEnumerable<ArchiveEntry> OfFolder(DataRecipe recipe, string folder)
    {
        const string root = $"{FolderPart}/";
        return CifarDataSet.IsIn(folder)
            ? CifarDataSet.FileNames.Select(name => new ArchiveEntry(root + name, Path.Combine(folder, name)))
            : FolderListing.Read(folder, recipe.Labels == DataRecipe.Subfolders).Files.Select(file => new ArchiveEntry(root + file.Name, file.Path));
    }

    private static IEnumerable<ArchiveEntry> OfBase(string folder)
    {
        var (images, labels) = DataCatalog.PairIn(folder);
        return new[] { images, labels }.Select(static file => new ArchiveEntry($"{BasePart}/{Path.GetFileName(file)}", file));
    }

    private static IEnumerable<ArchiveEntry> OfSet(string? name, DataPlaces places)
        => DataSetCards.Find(name) is { IsBuiltIn: false } card && DataLookup.Find(card, places) is { } folder
            ? card.Files.SelectMany(static file => file.Used).Select(file => DataLookup.FileIn(folder, file)!).Select(file => new ArchiveEntry($"{card.Name}/{Path.GetFileName(file)}", file))
            : [];

    private static string LastOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))) is { Length: > 0 } name ? name : "data";
}
