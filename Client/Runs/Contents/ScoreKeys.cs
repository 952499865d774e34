using System.Text.Json;
using DistGan.Recipes;

namespace DistGan.Client.Runs.Contents;

/// <summary>Finds the provenance of each score of a line: it stands under the name of the metric, which may give several scores.</summary>
internal static class ScoreKeys
{
    private static readonly Dictionary<string, string> Metrics = new(StringComparer.Ordinal)
    {
        [MetricNames.KidStandardError] = MetricNames.Kid,
        [MetricNames.Precision] = MetricNames.Prdc,
        [MetricNames.Recall] = MetricNames.Prdc,
        [MetricNames.Density] = MetricNames.Prdc,
        [MetricNames.Coverage] = MetricNames.Prdc,
        [MetricNames.CopiedShare] = MetricNames.Memorisation,
        [MetricNames.IdenticalShare] = MetricNames.Memorisation,
        [MetricNames.DuplicateShare] = MetricNames.Memorisation,
        [MetricNames.Diversity] = MetricNames.Memorisation,
        [MetricNames.SolidModes] = MetricNames.Modes,
        [MetricNames.HighQuality] = MetricNames.Modes,
        [MetricNames.ReverseKl] = MetricNames.Modes,
        [MetricNames.LeastClassShare] = MetricNames.Modes,
    };

    /// <summary>By score; those whose line tells nothing have an empty key.</summary>
    public static IReadOnlyDictionary<string, ScoreKey> Of(IEnumerable<string> scores, JsonElement line)
        => scores.ToDictionary(static score => score, score => Of(score, line), StringComparer.Ordinal);

    private static ScoreKey Of(string score, JsonElement line)
    {
        if (!line.TryGetProperty("provenance", out var all) || all.ValueKind != JsonValueKind.Object)
        {
            return new ScoreKey();
        }

        var metric = Metrics.GetValueOrDefault(score) ?? (MetricNames.IsClassShare(score) ? MetricNames.Modes : score);
        return all.TryGetProperty(score, out var own) && own.ValueKind == JsonValueKind.Object ? ScoreKey.Of(own)
            : all.TryGetProperty(metric, out var shared) && shared.ValueKind == JsonValueKind.Object ? ScoreKey.Of(shared)
            : new ScoreKey();
    }
}
