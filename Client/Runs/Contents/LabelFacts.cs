using System.Text;
using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;

namespace DistGan.Client.Runs.Contents;

/// <summary>The classes that a run was trained with, as its newest snapshot tells.</summary>
internal static class LabelFacts
{
    /// <summary>Counts and names; null where there is no snapshot, or none was trained with labels.</summary>
    /// <param name="folder">Absolute path of the run.</param>
    /// <param name="replica">Whose snapshot.</param>
    public static DataLabels? Read(string folder, int replica)
    {
        var manifest = ReadableEntries.Folders(Path.Combine(folder, RunFiles.SnapshotsOf(replica)), "step-*")
            .Select(static path => Path.Combine(path, RunFiles.Manifest))
            .Where(File.Exists)
            .Max(StringComparer.Ordinal);
        return manifest is not null
            && JsonLines.Object(Encoding.UTF8.GetString(JsonLines.Bytes(manifest))) is { } json
            && json.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Object
            && List(labels, "counts") is { Count: > 0 } counts
            ? new([.. counts.Select(static count => count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var number) ? number : 0)], [.. List(labels, "names").Select(static name => name.ToString())])
            : null;
    }

    private static List<JsonElement> List(JsonElement json, string name)
        => json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.Number or JsonValueKind.String)]
            : [];
}
