using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using DistGan.Grains.Interfaces.Storage;

namespace DistGan.Hosting.Storage;

/// <summary>
/// An object store in a directory: an object is a file, its tag the SHA-256 of its content. A write goes to a temporary file that is
/// flushed to disk and renamed under a lock, and then the directory is flushed; so it is whole, durable and correct between processes.
/// Locks and temporary files lie in <c>.store</c>, which is no part of the store's names.
/// </summary>
/// <remarks>
/// An append is flushed to disk before it returns and is cut off again where it fails half-way (disk full); a process killed in the
/// middle of one can leave a torn last line, which readers drop. The directory is made by the first write, never by a read.
/// </remarks>
public sealed class DirectoryObjectStore : IObjectStore
{
    private const int BufferBytes = 128 * 1024;

    private readonly TemporaryFiles _temporary;
    private readonly NameLocks _locks;

    /// <param name="root">The directory; it may not exist yet.</param>
    /// <param name="time">The clock; the system's where none is given.</param>
    public DirectoryObjectStore(string root, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        _temporary = new TemporaryFiles(Path.Combine(Root, ObjectName.Reserved, "tmp"), time ?? TimeProvider.System);
        _locks = new NameLocks(Path.Combine(Root, ObjectName.Reserved, "locks"), time ?? TimeProvider.System);
    }

    /// <summary>The directory, as a full path.</summary>
    public string Root { get; }

    /// <summary>Makes the directory and writes a file in it, so that a folder that cannot be written to is known at the start.</summary>
    /// <exception cref="ObjectStoreException">It cannot be written to.</exception>
    public void EnsureWritable()
    {
        try
        {
            _temporary.RemoveAbandoned();
            _temporary.Probe();
        }
        catch (Exception exception) when (IsOfFileSystem(exception))
        {
            throw new ObjectStoreException(
                $"The folder {Root} cannot be written to: {exception.Message} Choose another folder, or check the disk's space and the folder's rights.", exception);
        }
    }

    public Task<string?> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return GuardedAsync("write", name, async () =>
        {
            var temporary = await _temporary.WriteAsync(stream => stream.WriteAsync(content, cancellationToken)).ConfigureAwait(false);
            return await PublishAsync(name, path, temporary, condition, cancellationToken).ConfigureAwait(false)
                ? ObjectFiles.Tag(content.Span)
                : null;
        });
    }

    public Task<string> PutAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return GuardedAsync("write", name, async () =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var temporary = await _temporary.WriteAsync(stream => CopyAsync(content, stream, hash, cancellationToken)).ConfigureAwait(false);
            await PublishAsync(name, path, temporary, PutCondition.None, cancellationToken).ConfigureAwait(false);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        });
    }

    public Task AppendAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return GuardedAsync("append to", name, async () =>
        {
            using var held = await _locks.EnterAsync(name, cancellationToken).ConfigureAwait(false);
            ObjectFiles.Append(path, content);
            return true;
        });
    }

    public Task<StoredObject?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return GuardedAsync<StoredObject?>("read", name, async () =>
        {
            await using var stream = ObjectFiles.Open(path);
            if (stream is null)
            {
                return null;
            }

            // An append may be going on: what is there at the start is what is read.
            var content = new byte[stream.Length];
            await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            return new StoredObject(content, ObjectFiles.Tag(content));
        });
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        cancellationToken.ThrowIfCancellationRequested();
        return GuardedAsync("open", name, () => Task.FromResult<Stream?>(ObjectFiles.Open(path)));
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = await GuardedAsync("list", prefix, () => Task.FromResult(Names(prefix))).ConfigureAwait(false);
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public Task<bool> DeleteAsync(string name, PutCondition condition, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return GuardedAsync("delete", name, async () =>
        {
            if (!File.Exists(path))
            {
                return true;
            }

            using var held = await _locks.EnterAsync(name, cancellationToken).ConfigureAwait(false);
            if (!File.Exists(path))
            {
                return true;
            }

            if (!await ObjectFiles.HoldsAsync(path, condition, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            ObjectFiles.Delete(path, Root);
            return true;
        });
    }

    private static bool IsOfFileSystem(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static async ValueTask CopyAsync(Stream from, FileStream to, IncrementalHash hash, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> PublishAsync(
        string name, string path, string temporary, PutCondition condition, CancellationToken cancellationToken)
    {
        try
        {
            using var held = await _locks.EnterAsync(name, cancellationToken).ConfigureAwait(false);
            if (!await ObjectFiles.HoldsAsync(path, condition, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            ObjectFiles.Publish(temporary, path);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private List<string> Names(string prefix)
    {
        var slash = prefix.LastIndexOf('/');
        var folder = slash < 0 ? Root : Path.Combine(Root, prefix[..slash]);
        var names = new List<string>();
        if ((slash >= 0 && !ObjectName.IsValid(prefix[..slash])) || !Directory.Exists(folder))
        {
            return names;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/');
            if (name.StartsWith(prefix, StringComparison.Ordinal) && !ObjectName.IsReserved(name) && ObjectName.IsValid(name))
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private string PathOf(string name)
    {
        ObjectName.ValidateObject(name);
        return Path.Combine(Root, name);
    }

    // A flush to disk takes milliseconds: never in the turn of a grain that calls.
    private Task<T> GuardedAsync<T>(string what, string name, Func<Task<T>> action) => Task.Run(async () =>
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfFileSystem(exception))
        {
            throw new ObjectStoreException(
                $"Cannot {what} '{name}' in the object store {Root}: {exception.Message} Check the disk's space and the folder's rights.", exception);
        }
    });
}
