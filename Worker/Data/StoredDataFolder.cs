using DistGan.Grains.Interfaces.Data;
using DistGan.Recipes;
using DistGan.Training.Data.Sources;

namespace DistGan.Worker.Data;

/// <summary>The folder that holds copies of uploaded data sets, a subfolder each.</summary>
internal sealed class StoredDataFolder(DataPlaces places, TimeProvider time)
{
    private const char Unfinished = '.';
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>Whether a copy is here; it is used now.</summary>
    public bool IsThere(string id)
    {
        var folder = places.StoredFolder(id);
        if (!Directory.Exists(folder))
        {
            return false;
        }

        try
        {
            Directory.SetLastWriteTimeUtc(folder, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or just removed: the opening says so.
        }

        return Directory.Exists(folder);
    }

    /// <summary>Why nothing can be written here, as a sentence with a remedy; null where something can.</summary>
    public string? WhyUnwritable()
    {
        try
        {
            Directory.CreateDirectory(places.Stored);
            using var probe = File.Create(Path.Combine(places.Stored, $"{Unfinished}{Path.GetRandomFileName()}"), bufferSize: 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"Uploaded data cannot be kept in {places.Stored} ({error.Message}): jobs on such data go to other workers. Free the disk, or set {DataPlaces.Variable} to a folder that this worker may write, and start it again.";
        }
    }

    /// <summary>Removes copies that were not used for the longest time until another one fits, and what broken-off processes left.</summary>
    /// <exception cref="MachineException">It does not fit into the limit at all.</exception>
    public void MakeRoom(StoredDataManifest manifest, long? limit)
    {
        if (manifest.Bytes > limit)
        {
            throw new MachineException($"The uploaded data of {manifest.Name} take {manifest.Bytes} bytes, more than DistGan:Worker:DataBytes ({limit}) of this worker: give it more, or use workers that have it.");
        }

        var all = List(manifest);
        foreach (var left in all.Where(folder => folder.Name[0] == Unfinished && time.GetUtcNow().UtcDateTime - folder.LastWriteTimeUtc > Abandoned))
        {
            TryDelete(left.FullName);
        }

        if (limit is not { } most)
        {
            return;
        }

        var copies = all.Where(static folder => folder.Name[0] != Unfinished).OrderBy(static folder => folder.LastWriteTimeUtc).Select(static folder => (folder.FullName, Bytes: BytesOf(folder))).ToList();
        var taken = copies.Sum(static copy => copy.Bytes);
        foreach (var (copy, bytes) in copies.TakeWhile(_ => taken + manifest.Bytes > most))
        {
            TryDelete(copy);
            taken -= bytes;
        }
    }

    /// <summary>Makes a copy: it gets its name when it is complete.</summary>
    /// <exception cref="MachineException">The disk is full or cannot be written.</exception>
    /// <exception cref="DistGanException">What came is no archive.</exception>
    public async Task FillAsync(string id, StoredDataManifest manifest, Func<string, Task> write)
    {
        var target = Path.Combine(places.Stored, $"{Unfinished}{id}.{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(target);
            await write(target).ConfigureAwait(false);
            Take(target, places.StoredFolder(id));
            _ = IsThere(id);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotKept(manifest, error);
        }
        catch (InvalidDataException error)
        {
            throw new DistGanException($"The uploaded data of {manifest.Name} cannot be unpacked ({error.Message}): remove {StoredDataFiles.Manifest(id)} from the store, and submit the job again from the machine that has the files.", error);
        }
        finally
        {
            TryDelete(target);
        }
    }

    private DirectoryInfo[] List(StoredDataManifest manifest)
    {
        try
        {
            return !Directory.Exists(places.Stored) ? [] : new DirectoryInfo(places.Stored).GetDirectories();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotKept(manifest, error);
        }
    }

    private MachineException NotKept(StoredDataManifest manifest, Exception error)
        => new($"The uploaded data of {manifest.Name} ({manifest.Bytes} bytes) cannot be kept in {places.Stored} ({error.Message}): free the disk, or set {DataPlaces.Variable} to a folder on another one.", error);

    private static void Take(string made, string folder)
    {
        try
        {
            Directory.Move(made, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was faster, with the same content.
        }
    }

    private static long BytesOf(DirectoryInfo folder) => folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length);

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone, or in use: the next one tries again.
        }
    }
}
