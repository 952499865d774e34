using System.Formats.Tar;
using System.IO.Compression;
using DistGan.Client.CommandLine;
using DistGan.Recipes;
using DistGan.Training.Data.Sources;

namespace DistGan.Client.Data;

/// <summary>Brings the files of a data set into the user's data folder, unless they are on this machine already.</summary>
public sealed class DataGetter(Downloader downloader, DataPlaces places)
{
    /// <summary>Where the set is, and whether it had to be fetched.</summary>
    /// <param name="card">The set.</param>
    /// <param name="mirror">Where to fetch the files by their names, gzipped or plain, instead of from their makers: an address or a folder; null for the makers.</param>
    /// <param name="cancellationToken">Gives up; what has arrived is kept for the next time.</param>
    /// <exception cref="DistGanException">It could not be fetched; the message says what else can be done.</exception>
    public async Task<(string Folder, bool IsNew)> GetAsync(DataSetCard card, Uri? mirror, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (DataLookup.Find(card, places) is { } found)
        {
            return (found, false);
        }

        var folder = DataLookup.FolderFor(card, places);
        try
        {
            foreach (var file in card.Files.Where(file => file.Used.Any(name => DataLookup.FileIn(folder, name) is null)))
            {
                await FetchAsync(file, mirror, folder, cancellationToken);
                await UnpackAsync(file, Path.Combine(folder, file.Name), cancellationToken);
            }
        }
        catch (DistGanException error)
        {
            throw new DistGanException($"{error.Message.TrimEnd('.')}: try again{DataLookup.Otherwise(card, places)}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Refused, $"{card.Name} cannot be kept in {folder} ({error.Message.TrimEnd('.')}): free the disk, or set {DataPlaces.Variable} to a folder that can be written.", error);
        }

        return (folder, true);
    }

    /// <summary>A mirror may have the file as its makers publish it, or without its compression.</summary>
    private async Task FetchAsync(DataFile file, Uri? mirror, string folder, CancellationToken cancellationToken)
    {
        if (mirror is null)
        {
            await downloader.FetchAsync(file, [.. file.Addresses.Select(static address => new Uri(address))], Path.Combine(folder, file.Name), cancellationToken);
            return;
        }

        try
        {
            await FetchFromAsync(file, mirror, folder, cancellationToken);
        }
        catch (DistGanException error) when (file.Plain is not null)
        {
            try
            {
                await FetchFromAsync(file.Plain, mirror, folder, cancellationToken);
            }
            catch (DistGanException other)
            {
                throw new DistGanException($"{error.Message}; {other.Message}", other);
            }
        }
    }

    private Task FetchFromAsync(DataFile file, Uri mirror, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file.Name);
        return mirror.IsFile
            ? downloader.CopyAsync(file, Path.Combine(mirror.LocalPath, file.Name), path, cancellationToken)
            : downloader.FetchAsync(file, [new Uri($"{mirror.AbsoluteUri.TrimEnd('/')}/{file.Name}")], path, cancellationToken);
    }

    /// <summary>Takes the files that are used out of an archive, each complete before it gets its name, and removes the archive.</summary>
    private static async Task UnpackAsync(DataFile file, string path, CancellationToken cancellationToken)
    {
        if (file.Unpacks.Count == 0)
        {
            return;
        }

        await using (var packed = File.OpenRead(path))
        await using (var content = new GZipStream(packed, CompressionMode.Decompress))
        await using (var archive = new TarReader(content))
        {
            while (await archive.GetNextEntryAsync(cancellationToken: cancellationToken) is { } entry)
            {
                // Names from the list, never paths from the archive.
                if (file.Unpacks.FirstOrDefault(name => name == entry.Name.Split('/')[^1]) is { } name && entry.DataStream is not null)
                {
                    var target = Path.Combine(Path.GetDirectoryName(path)!, name);
                    await entry.ExtractToFileAsync(target + ".part", overwrite: true, cancellationToken);
                    File.Move(target + ".part", target, overwrite: true);
                }
            }
        }

        var missing = file.Unpacks.Where(name => !File.Exists(Path.Combine(Path.GetDirectoryName(path)!, name))).ToArray();
        if (missing.Length > 0)
        {
            throw new DistGanException($"{path} does not hold {string.Join(", ", missing)}.");
        }

        File.Delete(path);
    }
}
