using System.Security.Cryptography;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Storage;

/// <summary>What a directory store does with the file of one object; callers hold the name's lock where it changes.</summary>
internal static class ObjectFiles
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>SHA-256, hexadecimal, lower case.</summary>
    public static string Tag(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Opens a file for reading beside writers; null where there is none.</summary>
    public static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether a condition holds for the file as it is now.</summary>
    public static async Task<bool> HoldsAsync(string path, PutCondition condition, CancellationToken cancellationToken)
    {
        if (condition == PutCondition.None)
        {
            return true;
        }

        await using var stream = Open(path);
        if (condition.MustBeAbsent)
        {
            return stream is null;
        }

        return stream is not null
            && Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false)) == condition.Tag;
    }

    /// <summary>Gives a finished temporary file its name, durably.</summary>
    public static void Publish(string temporary, string path)
    {
        InFolder(path, temporary, static (path, temporary) => File.Move(temporary, path, overwrite: true));
        FileSystemSync.FlushDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Appends and flushes to disk; cuts off again what was written where that fails.</summary>
    public static void Append(string path, ReadOnlyMemory<byte> content)
    {
        var isNew = !File.Exists(path);
        InFolder(path, content, static (path, content) =>
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            AppendWhole(stream, content.Span);
        });
        if (isNew)
        {
            FileSystemSync.FlushDirectory(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Deletes a file durably, and the folders below <paramref name="root"/> that it leaves empty.</summary>
    public static void Delete(string path, string root)
    {
        File.Delete(path);
        var folder = Path.GetDirectoryName(path)!;
        FileSystemSync.FlushDirectory(folder);
        try
        {
            for (; folder.Length > root.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // Another object has come into it, or another deletion was faster.
        }
    }

    // The deletion of a neighbour may remove the folder between its making and its use. Where another neighbour makes it anew at once, a move
    // that failed for want of the folder says that a file was not found.
    private static void InFolder<T>(string path, T argument, Action<string, T> action)
    {
        const int attempts = 100;
        for (var attempt = 1; ; attempt++)
        {
            FileSystemSync.CreateDirectory(Path.GetDirectoryName(path)!);
            try
            {
                action(path, argument);
                return;
            }
            catch (IOException exception) when (attempt < attempts && exception is DirectoryNotFoundException or FileNotFoundException)
            {
            }
        }
    }

    private static void AppendWhole(FileStream stream, ReadOnlySpan<byte> content)
    {
        var before = stream.Length;
        try
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            stream.SetLength(before);
            throw;
        }
    }
}
