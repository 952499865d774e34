using DistGan.Client.CommandLine;

namespace DistGan.Client.Runs;

/// <summary>A file that the user asked for: it appears whole or not at all.</summary>
public static class ReplacedFile
{
    /// <summary>Writes beside it and then moves; a file of that name is replaced.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var stream = File.Create(temporary))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Refused, $"The file '{path}' cannot be written ({exception.Message.TrimEnd('.')}); choose another one with --out.", exception);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
