using System.Text.Json;
using DistGan.Client.Runs.Contents;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;

namespace DistGan.Client.Jobs;

/// <summary>What the diagnosis of a run has told, in a line.</summary>
internal static class Findings
{
    /// <summary>Each finding with the step at which it was told first; null where there was none.</summary>
    /// <param name="runFolder">The folder of the run.</param>
    public static string? Of(string runFolder)
    {
        var told = JsonLines.Read(Path.Combine(runFolder, RunFiles.Events))
            .Where(static line => line.TryGetProperty("kind", out var kind) && kind.ValueEquals(EventKinds.Diagnosis))
            .Select(NameAndStep)
            .OfType<(string Name, string Step)>()
            .GroupBy(static finding => finding.Name, StringComparer.Ordinal)
            .Select(static finding => $"{finding.Key} at {finding.First().Step}")
            .ToList();
        return told.Count == 0 ? null : $"findings: {string.Join(", ", told)}; {RunFiles.Events} says what usually helps";
    }

    // Replica 0, step 2600, mode-collapse: The generated images are nearly the same …
    private static (string Name, string Step)? NameAndStep(JsonElement line)
        => line.TryGetProperty("message", out var message) && message.GetString()!.Split(": ", 2)[0].Split(", ") is [_, var step, var name] ? (name, step) : null;
}
