using DistGan.Client.CommandLine;

namespace DistGan.Client.Runs;

/// <summary>Keeps two processes from training in one run folder; the system releases it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    public const string FileName = ".lock";

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <exception cref="CommandException">Another process trains in this folder.</exception>
    public static RunLock Take(string folder)
    {
        try
        {
            return new(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new CommandException(ExitCodes.Refused, Held(folder), exception);
        }
    }

    /// <summary>Refuses early what <see cref="Take"/> would refuse. Takes nothing.</summary>
    /// <exception cref="CommandException">Another process trains in this folder.</exception>
    public static void ThrowIfHeld(string folder)
    {
        if (IsHeld(folder))
        {
            throw new CommandException(ExitCodes.Refused, Held(folder));
        }
    }

    /// <summary>Whether a process trains in this folder now. Takes nothing.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            using var file = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Held(string folder) => $"Another process trains in '{folder}'; wait for its end, or stop it first.";
}
