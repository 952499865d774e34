using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DistGan.Recipes;

namespace DistGan.Training.Data.Folders;

/// <summary>The PNG and JPEG files below a folder in the order of their relative paths, with their classes; hidden files and folders are passed over.</summary>
internal sealed class FolderListing
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg"];

    private FolderListing(string folder, IReadOnlyList<FolderFile> files, IReadOnlyList<string> classNames)
        => (Folder, Files, ClassNames) = (folder, files, classNames);

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    public IReadOnlyList<FolderFile> Files { get; }

    /// <summary>The first subfolders that hold files, in order; empty without labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <exception cref="DistGanException">There is no such folder, it cannot be read, or holds no images; with labels: a file lies in no subfolder.</exception>
    public static FolderListing Read(string folder, bool isLabelled)
    {
        var root = Path.GetFullPath(folder);
        var found = Find(root);
        if (found.Count == 0)
        {
            throw new MachineException($"There is no PNG or JPEG file (.png, .jpg, .jpeg) in the folder {root} or below it: give the folder of the images in data.folder.") { IsOfPath = true };
        }

        if (!isLabelled)
        {
            return new FolderListing(root, [.. found.Select(file => new FolderFile(file.Path, file.Info.FullName, file.Info.Length, file.Info.LastWriteTimeUtc.Ticks, 0))], []);
        }

        var loose = found.Where(static file => !file.Path.Contains('/', StringComparison.Ordinal)).ToArray();
        if (loose.Length > 0)
        {
            throw new DistGanException($"With data.labels = {DataRecipe.Subfolders} each image lies in the subfolder of its class, but {loose.Length} lie in {root} itself, such as {loose[0].Path}: move them, or leave data.labels out.");
        }

        string[] names = [.. found.Select(static file => ClassOf(file.Path)).Distinct().Order(StringComparer.Ordinal)];
        return new FolderListing(
            root,
            [.. found.Select(file => new FolderFile(file.Path, file.Info.FullName, file.Info.Length, file.Info.LastWriteTimeUtc.Ticks, Array.BinarySearch(names, ClassOf(file.Path), StringComparer.Ordinal)))],
            names);
    }

    /// <summary>SHA-256 over paths, lengths and times of change, and how the images are prepared: changes whenever a file does.</summary>
    public string KeyFor(string preparation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{preparation}; {string.Join('/', ClassNames)}\n"));
        foreach (var file in Files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Name}\0{file.Bytes} {file.Changed}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static List<(string Path, FileInfo Info)> Find(string root)
    {
        try
        {
            return [.. new DirectoryInfo(root)
                .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, MaxRecursionDepth = 32 })
                .Where(static file => Endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
                .Select(file => (Path: Path.GetRelativePath(root, file.FullName).Replace('\\', '/'), file))
                .OrderBy(static file => file.Path, StringComparer.Ordinal)];
        }
        catch (DirectoryNotFoundException error)
        {
            throw new MachineException($"There is no folder {root}: give the folder of the images in data.folder.", error) { IsOfPath = true };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"The folder {root} cannot be read: {error.Message}", error) { IsOfPath = true };
        }
    }

    private static string ClassOf(string path) => path[..path.IndexOf('/', StringComparison.Ordinal)];
}
