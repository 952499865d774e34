using DistGan.Recipes;

namespace DistGan.Client.Runs.Contents;

/// <summary>Writes a file whole or not at all.</summary>
public static class WholeFile
{
    /// <summary>Writes a temporary file beside it, then gives it its name. Makes the folder where there is none.</summary>
    /// <exception cref="DistGanException">The file cannot be written.</exception>
    public static void Write(string path, string text)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}-{Environment.ProcessId}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new DistGanException($"The file '{path}' cannot be written ({exception.Message.TrimEnd('.')}); choose another place.", exception);
        }
    }
}
