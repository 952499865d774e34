namespace DistGan.Hosting.Storage;

/// <summary>Files that are written in full, and flushed to disk, before they get a name that others read.</summary>
internal sealed class TemporaryFiles(string folder, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Writes a new file and returns its path; leaves nothing where that fails.</summary>
    public async Task<string> WriteAsync(Func<FileStream, ValueTask> write)
    {
        FileSystemSync.CreateDirectory(folder);
        var path = NewPath();
        try
        {
            await using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            await write(stream).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Writes and removes a small file.</summary>
    public void Probe()
    {
        FileSystemSync.CreateDirectory(folder);
        var path = NewPath();
        File.WriteAllBytes(path, new byte[4096]);
        File.Delete(path);
    }

    /// <summary>Deletes what killed processes have left: one that still writes touches its file more often.</summary>
    public void RemoveAbandoned()
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var limit = time.GetUtcNow().UtcDateTime - Lifetime;
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (File.GetLastWriteTimeUtc(file) < limit)
            {
                File.Delete(file);
            }
        }
    }

    private string NewPath() => Path.Combine(folder, Guid.NewGuid().ToString("N"));
}
