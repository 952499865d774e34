using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DistGan.Recipes;

namespace DistGan.Training.Native;

/// <summary>A changed copy of TorchSharp's library: kept in a folder of the user's, or, where there can be none, for this process alone.</summary>
internal static class PatchedBinding
{
    /// <summary>Where the copies of this user are; the folder need not be there.</summary>
    public static string UsersFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "distgan", "native");
    }

    /// <summary>Hands the path of a file with this content to an action that is done with the name when it returns.</summary>
    /// <param name="image">The content.</param>
    /// <param name="folder">Where it is kept for the next process, if that can be written.</param>
    /// <param name="temporary">Where it is put otherwise, and removed from.</param>
    /// <param name="use">Loads it.</param>
    /// <exception cref="DistGanException">Neither place can be written.</exception>
    public static void Use(byte[] image, string folder, string temporary, Action<string> use)
    {
        string path;
        try
        {
            path = Keep(image, folder);
        }
        catch (Exception home) when (home is IOException or UnauthorizedAccessException)
        {
            UseOnce(image, folder, temporary, use);
            return;
        }

        use(path);
    }

    /// <summary>The copy is named by its content, so that processes share it and none sees a part of it.</summary>
    private static string Keep(byte[] image, string folder)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(image))[..16];
        var path = Path.Combine(folder, $"libLibTorchSharp-{hash}.so");
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(image))
        {
            return path;
        }

        Directory.CreateDirectory(folder);
        var part = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(part, image);
        File.Move(part, path, overwrite: true);
        return path;
    }

    /// <summary>
    /// A new folder that only this user may enter: in a place that all users write to, a lasting name could be somebody else's. What is
    /// loaded stays loaded when its name is gone.
    /// </summary>
    private static void UseOnce(byte[] image, string folder, string temporary, Action<string> use)
    {
        var own = Path.Combine(temporary, $"distgan-{Path.GetRandomFileName()}");
        try
        {
            CreatePrivate(own);
            var path = Path.Combine(own, "libLibTorchSharp.so");
            File.WriteAllBytes(path, image);
            use(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistGanException(
                $"This system needs a changed copy of TorchSharp's library, and neither {folder} nor {temporary} can be written ({exception.Message.Replace(own, temporary, StringComparison.Ordinal).TrimEnd('.')}); set XDG_DATA_HOME or TMPDIR to a folder that you may write.", exception);
        }
        finally
        {
            if (Directory.Exists(own))
            {
                Directory.Delete(own, recursive: true);
            }
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
