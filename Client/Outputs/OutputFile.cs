using DistGan.Recipes;

namespace DistGan.Client.Outputs;

/// <summary>Files that a command makes: written under a temporary name and moved, so that none is ever half there.</summary>
internal static class OutputFile
{
    /// <summary>Makes or replaces a file, and its folder where it is missing.</summary>
    /// <exception cref="DistGanException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistGanException($"'{path}' cannot be written ({exception.Message.TrimEnd('.')}); choose another place with --out.", exception);
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
