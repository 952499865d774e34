using System.Runtime.InteropServices;

namespace DistGan.Hosting.Processes;

/// <summary>Ends the process at once, without waiting for threads that compute. What is still to be written is lost: write it before.</summary>
public static partial class HardExit
{
    public static void Now(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(exitCode);
        }

        // Native destructors of libtorch must not run under threads that still use it.
        ExitAtOnce(exitCode);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ExitAtOnce(int status);
}
