using System.Text.Json;
using System.Text.Json.Nodes;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;

namespace DistGan.Client.Runs;

/// <summary>The final state that a run folder remembers.</summary>
public static class RunSummary
{
    /// <summary>Whether the last training in this folder came to its end.</summary>
    public static bool IsCompleted(string runFolder)
    {
        var path = Path.Combine(runFolder, RunFiles.Summary);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            var state = (string?)JsonNode.Parse(File.ReadAllText(path))?["state"];
            return string.Equals(state, nameof(JobState.Completed), StringComparison.OrdinalIgnoreCase);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
