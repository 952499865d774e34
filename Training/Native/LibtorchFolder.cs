using System.Text.RegularExpressions;
using DistGan.Recipes;

namespace DistGan.Training.Native;

/// <summary>A folder with libtorch's shared libraries that a user named.</summary>
internal static partial class LibtorchFolder
{
    /// <summary>Dependencies before dependents; those that are missing are passed over (a build without CUDA has none of its parts).</summary>
    public static IReadOnlyList<string> LoadOrder { get; } =
        ["libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"];

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
