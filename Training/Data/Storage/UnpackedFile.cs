using DistGan.Recipes;
using DistGan.Training.Data.Sources;

namespace DistGan.Training.Data.Storage;

/// <summary>A file of decoded images: kept in the user's data folder for the next time, or a temporary one where nothing can be written there.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="IsTemporary">Whether it goes with the data set that uses it.</param>
internal sealed record UnpackedFile(string Path, bool IsTemporary)
{
    private const string Writing = ".tmp";

    /// <summary>The file of that name, or null where it was not made yet.</summary>
    public static UnpackedFile? Find(DataOpening opening, string name)
    {
        var path = System.IO.Path.Combine(opening.Places.Unpacked, name);
        return File.Exists(path) ? new UnpackedFile(path, IsTemporary: false) : null;
    }

    /// <summary>Makes the file: it gets its name when it is complete, and what is there already is replaced.</summary>
    /// <exception cref="MachineException">The disk is full; or <paramref name="write"/> failed.</exception>
    public static UnpackedFile Make(DataOpening opening, string name, Action<Stream> write)
    {
        var path = System.IO.Path.Combine(opening.Places.Unpacked, name);
        using var file = TryCreate(path, opening) ?? File.Create(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"distgan-{System.IO.Path.GetRandomFileName()}"));
        try
        {
            write(file);
            file.Flush(flushToDisk: true);
            if (!file.Name.StartsWith(path, StringComparison.Ordinal))
            {
                return new UnpackedFile(file.Name, IsTemporary: true);
            }

            file.Dispose();
            File.Move(file.Name, path, overwrite: true);
            return new UnpackedFile(path, IsTemporary: false);
        }
        catch (Exception error)
        {
            var length = file.CanWrite ? file.Length : 0;
            file.Dispose();
            File.Delete(file.Name);
            if (error is IOException)
            {
                throw new MachineException($"Decoded images cannot be kept at {path} after {length} bytes ({error.Message}): free the disk, or set {DataPlaces.Variable} to a folder on another one.", error);
            }

            throw;
        }
    }

    /// <summary>Removes it where nobody else uses it.</summary>
    public void Release()
    {
        if (IsTemporary)
        {
            File.Delete(Path);
        }
    }

    private static FileStream? TryCreate(string path, DataOpening opening)
    {
        try
        {
            Directory.CreateDirectory(opening.Places.Unpacked);
            return Exclusive(path + Writing) ?? File.Create($"{path}.{System.IO.Path.GetRandomFileName()}{Writing}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            opening.Warn($"decoded images are kept in a temporary file: {opening.Places.Unpacked} cannot be written ({error.Message}); set {DataPlaces.Variable} to a folder that can");
            return null;
        }
    }

    /// <summary>What a killed process left is written over; null while another process writes.</summary>
    private static FileStream? Exclusive(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
