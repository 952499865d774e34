using DistGan.Client.CommandLine;

namespace DistGan.Client.Runs;

/// <summary>A file that a command makes: it appears whole or not at all.</summary>
public static class ReplacedFile
{
    /// <summary>What to do about a file that --out named.</summary>
    public const string OutAdvice = "choose another one with --out";

    /// <summary>Writes beside it and then moves; a file of that name is replaced, and its folder made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="advice">What to do where it cannot be written.</param>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write, string advice = OutAdvice)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = exception.Message.Replace(temporary, path, StringComparison.Ordinal).TrimEnd('.');
            throw new CommandException(ExitCodes.Refused, $"The file '{path}' cannot be written ({reason}); {advice}.", exception);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    public static void Write(string path, byte[] content) => Write(path, stream => stream.Write(content));
}
