using System.Text;
using System.Text.Json;
using DistGan.Grains.Interfaces;

namespace DistGan.Client.Runs.Contents;

/// <summary>Reads what a list tells of a run, without its long files.</summary>
public static class RunFactsReader
{
    /// <summary>Reads a run folder; what is missing or torn is left at its default.</summary>
    /// <param name="folder">Absolute path.</param>
    public static RunFacts Read(string folder)
    {
        var recipe = RunContents.RecipeOf(folder);
        var summary = JsonLines.Object(Encoding.UTF8.GetString(JsonLines.Bytes(Path.Combine(folder, RunFiles.Summary))));
        var state = StateOf(folder, summary);
        var last = LastMetrics(folder);
        var isFinal = state is RunState.Completed or RunState.Interrupted or RunState.Failed;
        return new RunFacts
        {
            Name = recipe?.Name ?? summary?.Text("job") ?? Path.GetFileName(folder),
            Place = folder,
            State = state,
            Failure = state == RunState.Failed ? summary?.Text("failure") : null,
            Steps = (isFinal ? summary?.Whole("steps") : null) ?? last?.Whole("step") ?? summary?.Whole("steps") ?? 0,
            Budget = recipe?.Budget.Steps,
            Images = (isFinal ? summary?.Whole("images") : null) ?? last?.Whole("images"),
            Seconds = (isFinal ? summary?.Number("seconds") : null) ?? last?.Number("seconds"),
            ImagesPerSecond = (isFinal ? summary?.Number("images_per_second") : null) ?? last?.Number("images_per_second"),
            Replicas = recipe?.Topology.Replicas ?? 1,
            Snapshot = SnapshotFolders.Newest(folder),
            Bytes = FolderSize.Of(folder),
            Updated = LastWrite(folder),
            Scores = ScoreFacts.Of(RunContents.ReadScores(folder)),
        };
    }

    private static RunState StateOf(string folder, JsonElement? summary)
        => RunLock.IsHeld(folder) ? RunState.Running : summary?.Text("state") switch
        {
            "completed" => RunState.Completed,
            "interrupted" => RunState.Interrupted,
            "failed" => RunState.Failed,
            _ => RunState.Unknown,
        };

    /// <summary>The last report of the replica that is farthest.</summary>
    private static JsonElement? LastMetrics(string folder)
    {
        var metrics = Path.Combine(folder, "metrics");
        var lines = ReadableEntries.Files(metrics, "*.jsonl")
            .Select(static file => JsonLines.Tail(file).Where(static line => line.Whole("step") is not null && line.Number("images_per_second") is not null))
            .SelectMany(static reports => reports.TakeLast(1))
            .ToList();
        return lines.Count == 0 ? null : lines.MaxBy(static line => line.Whole("step"));
    }

    private static DateTimeOffset LastWrite(string folder)
    {
        string[] written = [RunFiles.Events, RunFiles.Summary, RunFiles.Recipe, "metrics"];
        return written.Select(name => Path.Combine(folder, name)).Where(Path.Exists).DefaultIfEmpty(folder)
            .Max(static path => new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero));
    }
}
