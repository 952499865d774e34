using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DistGan.Recipes;

namespace DistGan.Training.Native;

/// <summary>
/// Loads libtorch before any TorchSharp type is touched: from the folder that DISTGAN_LIBTORCH names, the one beside the program, or
/// NuGet's cache; on systems whose C++ library is older than the one that TorchSharp was built with, through a copy of TorchSharp's
/// library whose only newer symbol version is weak (no relocation uses it).
/// </summary>
public static class NativeBackend
{
    /// <summary>The libtorch version that the referenced TorchSharp was built for.</summary>
    public const string RequiredVersion = "2.10.0";

    private const string NewerSymbolVersion = "GLIBCXX_3.4.32";
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Where libtorch was loaded from; null where the system's own search is used.</summary>
    public static string? Folder { get; private set; }

    /// <summary>Loads libtorch once; later calls do nothing.</summary>
    /// <exception cref="DistGanException">There is no libtorch, it has another version and is not forced, or it does not load.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (_loaded)
            {
                return;
            }

            try
            {
                NativeEnvironment.Prepare();
                if (OperatingSystem.IsLinux())
                {
                    LoadOnLinux();
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException or BadImageFormatException)
            {
                throw new DistGanException($"libtorch does not load ({FirstLine(exception.Message)}): set DISTGAN_LIBTORCH to a folder with libtorch {RequiredVersion}; 'distgan doctor' checks it.", exception);
            }

            _loaded = true;
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd('.', '\r');

#pragma warning disable CA2255 // libtorch must be loaded before the first TorchSharp type initialises, whoever touches it
    [ModuleInitializer]
    internal static void LoadWithModule()
    {
        try
        {
            Load();
        }
        catch (DistGanException)
        {
            // A module initialiser's exception hides its message; whoever calls Load gets it again, as it is.
        }
    }
#pragma warning restore CA2255

    private static void LoadOnLinux()
    {
        var named = Environment.GetEnvironmentVariable("DISTGAN_LIBTORCH");
        var own = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        var beside = File.Exists(Path.Combine(own, "libLibTorchSharp.so")) ? own : AppContext.BaseDirectory;
        var folder = string.IsNullOrEmpty(named) ? LibtorchFolder.FirstWithLibtorch(beside, LibtorchFolder.InPackageCache()) : LibtorchFolder.Check(named);
        if (!LibtorchFolder.HasLibtorch(folder))
        {
            throw new DistGanException(
                $"No libtorch in {folder}, nor in NuGet's cache: set DISTGAN_LIBTORCH to a folder with libtorch {RequiredVersion} (for example torch/lib of a Python installation of PyTorch), or let NuGet fetch it once with 'dotnet new classlib -o fetch-libtorch' and 'dotnet add fetch-libtorch package TorchSharp-cpu --version {LibtorchFolder.PackageVersion}'.");
        }

        Folder = folder;
        foreach (var library in LibtorchFolder.LoadOrder)
        {
            var path = Path.Combine(folder, library);
            if (File.Exists(path))
            {
                NativeLibrary.Load(path);
            }
        }

        LoadBinding(Path.Combine(beside, "libLibTorchSharp.so"));
    }

    private static void LoadBinding(string original)
    {
        if (NativeLibrary.TryLoad(original, out _))
        {
            return;
        }

        var image = File.ReadAllBytes(original);
        if (!ElfVersionNeeds.MakeWeak(image, NewerSymbolVersion))
        {
            throw new DistGanException($"{original} does not load on this system, and not for want of {NewerSymbolVersion}: run 'ldd' on it to see what is missing.");
        }

        PatchedBinding.Use(image, PatchedBinding.UsersFolder(), Path.GetTempPath(), static path => NativeLibrary.Load(path));
    }
}
