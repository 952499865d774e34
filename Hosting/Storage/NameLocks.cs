using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DistGan.Hosting.Storage;

/// <summary>
/// Mutual exclusion by object name between threads and between processes: a fixed number of lock files, each held with an
/// exclusive share while one of its names is changed. The system lets go of a lock when its holder dies.
/// </summary>
internal sealed class NameLocks(string folder, TimeProvider time)
{
    private const int Stripes = 64;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the name's lock; dispose the result to let go.</summary>
    public async Task<Held> EnterAsync(string name, CancellationToken cancellationToken)
    {
        var stripe = (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan())) % Stripes);
        var gate = _gates[stripe];
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new Held(gate, await LockFileAsync(stripe, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    private async Task<FileStream> LockFileAsync(int stripe, CancellationToken cancellationToken)
    {
        FileSystemSync.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{stripe:D2}");
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (IsHeldElsewhere(exception))
            {
                // There is no wait for another process's lock that can be cancelled; it is held for a few milliseconds.
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A sharing violation: EWOULDBLOCK (11 on Linux, 35 on macOS), or ERROR_SHARING_VIOLATION and its neighbour on Windows.
    private static bool IsHeldElsewhere(IOException exception)
        => (exception.HResult & 0xFFFF) is 11 or 35 or 32 or 33 && exception is not (FileNotFoundException or DirectoryNotFoundException);

    /// <summary>A lock that is held.</summary>
    internal readonly struct Held(SemaphoreSlim gate, FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            gate.Release();
        }
    }
}
