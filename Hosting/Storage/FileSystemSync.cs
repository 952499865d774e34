using System.Runtime.InteropServices;

namespace DistGan.Hosting.Storage;

/// <summary>Makes a rename durable: the directory that holds the name is written to disk as well.</summary>
internal static partial class FileSystemSync
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>Writes a directory's entries to disk; does nothing where the system keeps them in order by itself.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void FlushDirectory(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open(path, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            // A folder that has been removed meanwhile has nothing to flush.
            if (Marshal.GetLastPInvokeError() == NoEntry)
            {
                return;
            }

            throw Failure("open", path);
        }

        try
        {
            if (Fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Failure("flush", path);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Makes a directory and all above it, durable one by one.</summary>
    public static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(parent))
        {
            CreateDirectory(parent);
        }

        Make(path);
        if (!string.IsNullOrEmpty(parent))
        {
            FlushDirectory(parent);
        }
    }

    /// <summary>A neighbour may make the directory and remove it again just now: then it "exists already", and does not exist.</summary>
    private static void Make(string path)
    {
        const int attempts = 100;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(path);
                return;
            }
            catch (IOException) when (attempt < attempts && !File.Exists(path))
            {
            }
        }
    }

    // Some network file systems cannot flush a directory and say EINVAL.
    private const int InvalidArgument = 22;
    private const int NoEntry = 2;

    private static IOException Failure(string what, string path)
        => new($"Cannot {what} directory {path}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
