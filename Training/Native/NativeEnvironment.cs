using System.Runtime.InteropServices;

namespace DistGan.Training.Native;

/// <summary>
/// What libtorch reads from the C library's environment when it loads; .NET's own copy of the environment never reaches it. A
/// variable that the user has set stays as it is.
/// </summary>
internal static partial class NativeEnvironment
{
    // Parameters of mallopt in malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;

    public static void Prepare()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Idle OpenMP threads sleep after a short spin: without any, each of the many short parallel regions pays for a wake-up;
        // with a long one, replicas and grains on one machine slow each other.
        _ = Set("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        _ = Set("GOMP_SPINCOUNT", "1000", overwrite: 0);
        KeepFreedMemory();
    }

    /// <summary>
    /// A step frees what it took and takes it again: the C library's allocator is told to keep it, or each step would have the
    /// kernel clear tens of megabytes anew, which costs a tenth of the step.
    /// </summary>
    private static void KeepFreedMemory()
    {
        if (NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "mallopt", out _))
        {
            _ = Tune(MmapThreshold, 32 << 20);
            _ = Tune(TrimThreshold, 1 << 30);
            _ = Tune(TopPad, 64 << 20);
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Tune(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(string name, string value, int overwrite);
}
