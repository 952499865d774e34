using System.Text;
using System.Text.Json;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using DistGan.Worker.Metrics;

namespace DistGan.Client.Runs.Contents;

/// <summary>Everything that a run folder tells, as far as it can be read: nothing that is missing or torn is an error.</summary>
public sealed class RunContents
{
    private static readonly HashSet<string> Fixed = new(StringComparer.Ordinal) { "replica", "epoch", "step", "images", "seconds" };

    private RunContents(string folder, RunFacts facts) => (Folder, Facts) = (folder, facts);

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    public RunFacts Facts { get; }

    /// <summary>The recipe; null where it cannot be read.</summary>
    public Recipe? Recipe { get; private init; }

    /// <summary>The text of recipe.yaml; null where there is none.</summary>
    public string? RecipeText { get; private init; }

    /// <summary>Reports of all replicas, by replica and step.</summary>
    public IReadOnlyList<MetricRow> Metrics { get; private init; } = [];

    /// <summary>Evaluations by step and replica.</summary>
    public IReadOnlyList<ScoreRow> Scores { get; private init; } = [];

    public IReadOnlyList<EventRow> Events { get; private init; } = [];

    /// <summary>Pictures, ascending.</summary>
    public IReadOnlyList<(long Step, string Path)> Samples { get; private init; } = [];

    /// <summary>The machine that trained it last, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Machine { get; private init; } = [];

    /// <summary>Reads a run folder.</summary>
    /// <param name="folder">Absolute path.</param>
    public static RunContents Read(string folder)
    {
        var recipeFile = Path.Combine(folder, RunFiles.Recipe);
        return new(folder, RunFactsReader.Read(folder))
        {
            Recipe = RecipeOf(folder),
            RecipeText = File.Exists(recipeFile) ? Encoding.UTF8.GetString(JsonLines.Bytes(recipeFile)) : null,
            Metrics = ReadMetrics(folder),
            Scores = ReadScores(folder),
            Events = ReadEvents(folder),
            Samples = SampleFiles.All(folder),
            Machine = MachineFacts.Read(folder),
        };
    }

    /// <summary>The recipe of a run; null where it cannot be read.</summary>
    internal static Recipe? RecipeOf(string folder)
    {
        try
        {
            return RecipeSource.OfRun(folder);
        }
        catch (DistGanException)
        {
            return null;
        }
    }

    internal static IReadOnlyList<ScoreRow> ReadScores(string folder)
        => [.. Effective(JsonLines.Bytes(Path.Combine(folder, RunFiles.Evaluation)))
            .Where(static line => line.TryGetProperty("scores", out var scores) && scores.ValueKind == JsonValueKind.Object)
            .Select(static line => new ScoreRow(
                line.GetProperty("replica").GetInt32(),
                line.GetProperty("step").GetInt64(),
                line.GetProperty("scores").Numbers(static _ => true),
                line.TryGetProperty("provenance", out var provenance) ? ProvenanceText.Of(provenance) : new Dictionary<string, string>()))
            .OrderBy(static row => row.Step).ThenBy(static row => row.Replica)];

    internal static IEnumerable<EventRow> Parse(IEnumerable<JsonElement> lines) => lines.Select(static line => new EventRow(
        line.Whole("sequence") ?? 0, line.Time("time"), line.Text("kind") ?? "", (int?)line.Whole("replica"), line.Text("message") ?? ""));

    private static IReadOnlyList<MetricRow> ReadMetrics(string folder)
    {
        var metrics = Path.Combine(folder, "metrics");
        var files = ReadableEntries.Files(metrics, "*.jsonl");
        if (files.Length == 0)
        {
            files = [Path.Combine(folder, RunFiles.MergedMetrics)];
        }

        return [.. files.SelectMany(static file => Effective(JsonLines.Bytes(file)))
            .Select(static line => new MetricRow(
                line.GetProperty("replica").GetInt32(), line.GetProperty("step").GetInt64(), line.Number("seconds"), line.Numbers(static name => !Fixed.Contains(name))))
            .OrderBy(static row => row.Replica).ThenBy(static row => row.Step)];
    }

    private static IReadOnlyList<EventRow> ReadEvents(string folder)
        => [.. Parse(JsonLines.Read(Path.Combine(folder, RunFiles.Events))).OrderBy(static entry => entry.Sequence)];

    /// <summary>The lines that count, of a file in which several replicas may have written.</summary>
    private static IEnumerable<JsonElement> Effective(byte[] bytes)
        => Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => (text, Replica: JsonLines.Object(text)?.Whole("replica")))
            .Where(static line => line.Replica is >= 0 and <= int.MaxValue)
            .GroupBy(static line => line.Replica)
            .SelectMany(static lines => MetricsReader.Effective(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(static line => line.text)))));
}
