using System.Text.RegularExpressions;
using DistGan.Recipes;

namespace DistGan.Training.Native;

/// <summary>Folders with libtorch's shared libraries: one that a user named, or NuGet's.</summary>
internal static partial class LibtorchFolder
{
    /// <summary>Dependencies before dependents; those that are missing are passed over (a build without CUDA has none of its parts).</summary>
    public static IReadOnlyList<string> LoadOrder { get; } =
        ["libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"];

    /// <summary>The version of TorchSharp whose packages bring the right libtorch.</summary>
    public const string PackageVersion = "0.107.0";

    /// <summary>Where NuGet keeps libtorch once any project has restored TorchSharp-cpu; the folder need not be there.</summary>
    public static string InPackageCache()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        if (string.IsNullOrEmpty(packages))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            packages = Path.Combine(home, ".nuget", "packages");
        }

        return Path.Combine(packages, "libtorch-cpu-linux-x64", NativeBackend.RequiredVersion, "runtimes", "linux-x64", "native");
    }

    public static bool HasLibtorch(string folder) => File.Exists(Path.Combine(folder, "libtorch_cpu.so"));

    /// <summary>The first folder that has it, or the very first where none has.</summary>
    public static string FirstWithLibtorch(params string[] folders) => folders.FirstOrDefault(HasLibtorch) ?? folders[0];

    /// <summary>The folder itself, once its version is known to be the right one or is forced.</summary>
    public static string Check(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DistGanException($"DISTGAN_LIBTORCH names {folder}, which is no folder: set it to the one that holds libtorch_cpu.so.");
        }

        var found = VersionOf(folder);
        if (found != NativeBackend.RequiredVersion && Environment.GetEnvironmentVariable("DISTGAN_LIBTORCH_FORCE") != "1")
        {
            throw new DistGanException(
                $"DISTGAN_LIBTORCH names {folder} with libtorch {found ?? "of an unknown version"}, but TorchSharp was built for {NativeBackend.RequiredVersion}: use that version, or set DISTGAN_LIBTORCH_FORCE=1 to try it anyway.");
        }

        return folder;
    }

    /// <summary>Reads the version from what stands beside the libraries: build-version of a libtorch archive, or version.py of a Python installation.</summary>
    internal static string? VersionOf(string folder)
    {
        foreach (var file in new[] { Path.Combine(folder, "..", "build-version"), Path.Combine(folder, "..", "version.py") })
        {
            if (File.Exists(file) && Version().Match(File.ReadAllText(file)) is { Success: true } match)
            {
                return match.Value;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Version();
}
