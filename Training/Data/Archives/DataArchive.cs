using System.Formats.Tar;
using DistGan.Recipes;

namespace DistGan.Training.Data.Archives;

/// <summary>
/// The files of a data set as one stream: a tar archive in the GNU format, whose bytes depend on the names and contents of the files alone, not on
/// their times, owners and rights. So one content has one hash, wherever it is.
/// </summary>
public static class DataArchive
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes the files, in their order.</summary>
    /// <param name="entries">The files.</param>
    /// <param name="target">Takes the archive; left open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DistGanException">A file cannot be read.</exception>
    public static async Task WriteAsync(IReadOnlyList<ArchiveEntry> entries, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        await using var archive = new TarWriter(target, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var entry in entries)
        {
            await using var content = Open(entry.Path);
            await archive.WriteEntryAsync(new GnuTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch, Mode = Mode }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the files of an archive into a folder that nobody else uses.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">It is no such archive, or a name leads out of the folder.</exception>
    public static async Task ExtractAsync(Stream source, string folder, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        await using var archive = new TarReader(source, leaveOpen: true);
        while (await archive.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            var path = Path.GetFullPath(Path.Combine(root, entry.Name));
            if (entry.EntryType != TarEntryType.RegularFile || !path.StartsWith(root, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"'{entry.Name}' is no file below the folder that the archive is unpacked into.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DistGanException($"The file {path} of the data cannot be read: {error.Message}", error);
        }
    }
}
