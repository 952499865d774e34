using System.Runtime.InteropServices;

namespace DistGan.Training.Native;

/// <summary>
/// Makes idle OpenMP threads sleep instead of spin, so that replicas and grains on one machine do not slow each other. The C
/// library's environment is what libgomp reads when it loads; .NET's own copy of the environment never reaches it.
/// </summary>
internal static partial class OpenMpPolicy
{
    public static void SetPassive()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
            _ = SetEnvironment("GOMP_SPINCOUNT", "1000", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
