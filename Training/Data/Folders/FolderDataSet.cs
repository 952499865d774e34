using DistGan.Recipes;
using DistGan.Training.Data.Sources;
using DistGan.Training.Data.Storage;

namespace DistGan.Training.Data.Folders;

/// <summary>
/// Opens a folder of PNG and JPEG files. Every file is decoded once, before training, into a <see cref="Pack"/> that is kept for
/// the next time; a change of any file makes a new one. So a damaged file is known when the set is opened, and reading a
/// sample while training is a copy.
/// </summary>
public static class FolderDataSet
{
    /// <summary>Unreadable files that are named; of more, the number is.</summary>
    private const int MostNamed = 20;

    /// <summary>Opens what data.folder names.</summary>
    /// <exception cref="DistGanException">There are no images, or files are damaged that the recipe does not skip.</exception>
    public static IDataSet Open(DataRecipe recipe, DataOpening opening)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(opening);
        var listing = FolderListing.Read(recipe.Folder!, recipe.Labels == DataRecipe.Subfolders);
        // Unpacked archives have one time of change for all their files: their hash tells them apart.
        var content = recipe.Stored is { } id ? $"; stored {id}" : "";
        var name = $"{listing.KeyFor($"folder 1; size {recipe.Size}; channels {recipe.Channels?.ToString() ?? "auto"}{content}")}.pack";
        var file = UnpackedFile.Find(opening, name);
        var read = file is null ? null : Pack.Read(file.Path);
        if (file is null || read is null)
        {
            file = UnpackedFile.Make(opening, name, new FolderPacker(listing, recipe.Size, recipe.Channels, opening.Report).Write);
            read = Pack.Read(file.Path) ?? throw new MachineException($"{file.Path} is not as it was written a moment ago: check the disk, or set {DataPlaces.Variable} to a folder on another one.");
        }

        var (pack, labels) = read.Value;
        try
        {
            Check(listing, pack, recipe.OnCorrupt, opening.Warn);
            // Never the name of a set that is known by its name.
            var called = opening.Name ?? $"{Path.GetFileName(listing.Folder.TrimEnd(Path.DirectorySeparatorChar))}/";
            return new StoredImages(called, pack.Count, pack.Shape, pack.Open(file, recipe.MemoryBytes), null, pack.ClassNames.Count > 0 ? labels : null, pack.Fingerprint)
            {
                Classes = pack.ClassNames.Count,
                ClassNames = pack.ClassNames,
            };
        }
        catch
        {
            file.Release();
            throw;
        }
    }

    private static void Check(FolderListing listing, Pack pack, string onCorrupt, Action<string> warn)
    {
        var (bad, files) = (pack.Unreadable, listing.Files.Count);
        if (bad.Count == 0)
        {
            return;
        }

        if (onCorrupt != "skip" || pack.Count == 0)
        {
            var more = bad.Count > MostNamed ? $" and {bad.Count - MostNamed} more" : "";
            var advice = pack.Count == 0 ? "repair them" : "repair or remove them, or set data.on-corrupt = skip";
            throw new DistGanException($"{bad.Count} of {files} files in {listing.Folder} cannot be read: {string.Join(", ", bad.Take(MostNamed))}{more}; {advice}.");
        }

        foreach (var file in bad.Take(MostNamed))
        {
            warn($"{file.Name} is left out: {file.Why}");
        }

        if (bad.Count > MostNamed)
        {
            warn($"{bad.Count} of {files} files in {listing.Folder} are left out, the first {MostNamed} of them named above");
        }
    }
}
