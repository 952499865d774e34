namespace DistGan.Client.CommandLine;

/// <summary>Keeps the details of an unexpected failure in a file, and says where.</summary>
public static class CrashReport
{
    /// <summary>Writes the details; returns the sentence for the person.</summary>
    public static string Write(Exception exception, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff");
        var path = Path.Combine(Path.GetTempPath(), $"distgan-crash-{stamp}-{Environment.ProcessId}.log");
        try
        {
            File.WriteAllText(path, $"{Environment.CommandLine}{Environment.NewLine}{exception}{Environment.NewLine}");
            return $"Something unexpected went wrong ({exception.GetType().Name}: {FirstLine(exception.Message)}); the details are in {path}.";
        }
        catch (Exception writing) when (writing is IOException or UnauthorizedAccessException)
        {
            return $"Something unexpected went wrong: {FirstLine(exception.Message)}.";
        }
    }

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }
}
