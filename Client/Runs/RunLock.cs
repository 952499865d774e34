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
            throw new CommandException(ExitCodes.Refused, $"Another process trains in '{folder}'; wait for its end, or stop it first.", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
