using System.Text;
using System.Text.Json;
using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;
using DistGan.Hosting.Runs;
using DistGan.Worker.Replicas;

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

    /// <summary>What training evaluated, by step and replica.</summary>
    public IReadOnlyList<ScoreRow> Scores { get; private init; } = [];

    /// <summary>What the command evaluate computed later, in the order of its lines; no part of the run's course.</summary>
    public IReadOnlyList<ScoreRow> Evaluated { get; private init; } = [];

    public IReadOnlyList<EventRow> Events { get; private init; } = [];

    /// <summary>The replica that drew best when training last evaluated; 0 where nothing tells.</summary>
    public int BestReplica { get; private init; }

    /// <summary>Whose pictures <see cref="Samples"/> are: the best replica's where it has any.</summary>
    public int SampleReplica { get; private init; }

    /// <summary>Pictures, ascending.</summary>
    public IReadOnlyList<(long Step, string Path)> Samples { get; private init; } = [];

    /// <summary>The classes that it was trained with; null where there are none, or nothing tells.</summary>
    public DataLabels? Labels { get; private init; }

    /// <summary>The machine that trained it last, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Machine { get; private init; } = [];

    /// <summary>Reads a run folder.</summary>
    /// <param name="folder">Absolute path.</param>
    public static RunContents Read(string folder)
    {
        var recipeFile = Path.Combine(folder, RunFiles.Recipe);
        var recipe = RecipeOf(folder);
        var best = recipe is null ? 0 : Runs.BestReplica.Of(folder, recipe);
        var shown = SampleFiles.All(folder, best).Count > 0 ? best : 0;
        return new(folder, RunFactsReader.Read(folder))
        {
            Recipe = recipe,
            BestReplica = best,
            SampleReplica = shown,
            RecipeText = File.Exists(recipeFile) ? Encoding.UTF8.GetString(JsonLines.Bytes(recipeFile)) : null,
            Metrics = ReadMetrics(folder),
            Scores = ReadScores(folder),
            Evaluated = ReadEvaluated(folder),
            Events = ReadEvents(folder),
            Samples = SampleFiles.All(folder, shown),
            Labels = LabelFacts.Read(folder, shown),
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

    /// <summary>What training evaluated; a line of the command evaluate must not replace one of training at the same or a later step.</summary>
    internal static IReadOnlyList<ScoreRow> ReadScores(string folder)
        => [.. Effective(JsonLines.Bytes(Path.Combine(folder, RunFiles.Evaluation)), static line => !IsOfCommand(line))
            .Where(HasScores).Select(Row).OrderBy(static row => row.Step).ThenBy(static row => row.Replica)];

    /// <summary>What the command evaluate computed.</summary>
    internal static IReadOnlyList<ScoreRow> ReadEvaluated(string folder)
        => [.. JsonLines.Read(Path.Combine(folder, RunFiles.Evaluation))
            .Where(static line => IsOfCommand(line) && line.Whole("replica") is >= 0 and <= int.MaxValue && line.Whole("step") is not null && HasScores(line))
            .Select(Row)];

    private static bool IsOfCommand(JsonElement line) => line.Text("source") == EvaluationLine.Command;

    private static bool HasScores(JsonElement line) => line.TryGetProperty("scores", out var scores) && scores.ValueKind == JsonValueKind.Object;

    private static ScoreRow Row(JsonElement line)
    {
        var scores = line.GetProperty("scores").Numbers(static _ => true);
        var words = line.TryGetProperty("provenance", out var provenance) ? ProvenanceText.Of(provenance) : new Dictionary<string, string>();
        return new(line.GetProperty("replica").GetInt32(), line.GetProperty("step").GetInt64(), scores, words) { Keys = ScoreKeys.Of(scores.Keys, line) };
    }

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

        return [.. files.SelectMany(static file => Effective(JsonLines.Bytes(file), static _ => true))
            .Select(static line => new MetricRow(
                line.GetProperty("replica").GetInt32(), line.GetProperty("step").GetInt64(), line.Number("seconds"), line.Numbers(static name => !Fixed.Contains(name))))
            .OrderBy(static row => row.Replica).ThenBy(static row => row.Step)];
    }

    private static IReadOnlyList<EventRow> ReadEvents(string folder)
        => [.. Parse(JsonLines.Read(Path.Combine(folder, RunFiles.Events))).OrderBy(static entry => entry.Sequence)];

    /// <summary>The lines that count, of a file in which several replicas may have written.</summary>
    private static IEnumerable<JsonElement> Effective(byte[] bytes, Func<JsonElement, bool> isWanted)
        => Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static text => (text, Line: JsonLines.Object(text)))
            .Where(line => line.Line is { } json && json.Whole("replica") is >= 0 and <= int.MaxValue && isWanted(json))
            .GroupBy(static line => line.Line!.Value.Whole("replica"))
            .SelectMany(static lines => MetricsReader.Effective(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(static line => line.text)))));
}
