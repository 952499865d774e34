using System.Runtime.InteropServices;

namespace DistGan.Training.Native;

/// <summary>
/// What libtorch reads from the C library's environment when it loads; .NET's own copy of the environment never reaches it. A
/// variable that the user has set stays as it is.
/// </summary>
internal static partial class NativeEnvironment
{
    public static void Prepare()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Idle OpenMP threads sleep instead of spinning, so that replicas and grains on one machine do not slow each other.
        _ = Set("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        _ = Set("GOMP_SPINCOUNT", "0", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(string name, string value, int overwrite);
}
