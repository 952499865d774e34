using System.Text.Json.Nodes;

namespace DistGan.EndToEnd.Tests.Train;

/// <summary>The event log of a run folder.</summary>
internal static class RunEvents
{
    public static IReadOnlyList<JsonNode> Read(string runFolder)
        => [.. File.ReadLines(Path.Combine(runFolder, "events.jsonl")).Select(static line => JsonNode.Parse(line)!)];

    /// <summary>Steps from which the run went on, in order.</summary>
    public static IReadOnlyList<long> ResumedFrom(string runFolder)
        => [.. Read(runFolder).Where(static entry => (string?)entry["kind"] == "resumed").Select(static entry => (long)(double)entry["data"]!["step"]!)];
}
