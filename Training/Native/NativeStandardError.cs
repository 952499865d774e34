using System.Runtime.InteropServices;

namespace DistGan.Training.Native;

/// <summary>The process's standard error as native code sees it.</summary>
internal static partial class NativeStandardError
{
    private const int Number = 2;
    private const int WriteOnly = 1;

    /// <summary>Runs an action while what native code writes to standard error is thrown away.</summary>
    public static void Discard(Action action)
    {
        if (!OperatingSystem.IsLinux())
        {
            action();
            return;
        }

        var kept = Duplicate(Number);
        var nowhere = Open("/dev/null", WriteOnly);
        try
        {
            _ = Replace(nowhere, Number);
            action();
        }
        finally
        {
            _ = Replace(kept, Number);
            _ = Close(kept);
            _ = Close(nowhere);
        }
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Replace(int descriptor, int number);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
