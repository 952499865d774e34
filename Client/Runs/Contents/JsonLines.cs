using System.Text;
using System.Text.Json;

namespace DistGan.Client.Runs.Contents;

/// <summary>Files of one JSON object a line, which another process may be writing; what is no object, such as a torn last line, is left out.</summary>
internal static class JsonLines
{
    /// <summary>A line is never nearly so long.</summary>
    private const int TailBytes = 1 << 16;

    /// <summary>All objects of a file; none where it is not there.</summary>
    public static IReadOnlyList<JsonElement> Read(string path) => Parse(Text(path, 0));

    /// <summary>The objects in the last 64 KiB of a file.</summary>
    public static IReadOnlyList<JsonElement> Tail(string path) => Parse(Text(path, TailBytes));

    /// <summary>The bytes of a file; none where it is not there.</summary>
    public static byte[] Bytes(string path, int tail = 0)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (tail > 0 && file.Length > tail)
            {
                file.Seek(-tail, SeekOrigin.End);
            }

            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The object that a text is; null where it is none.</summary>
    public static JsonElement? Object(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(string path, int tail) => Encoding.UTF8.GetString(Bytes(path, tail));

    private static IReadOnlyList<JsonElement> Parse(string text)
        => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Object).OfType<JsonElement>()];
}
