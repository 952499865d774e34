using DistGan.Client.Display;
using DistGan.Client.Reports.Markup;
using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Reports.Pages;

/// <summary>The evaluations of a run: a table of values, and what they depend on, said once for all that depend on the same.</summary>
internal static class ScoreTable
{
    /// <summary>Older evaluations are in the curves alone.</summary>
    public const int MostRows = 60;

    /// <summary>A row an evaluation, the newest first; a column a score, its best value marked.</summary>
    public static Html Of(IReadOnlyList<ScoreRow> rows, IReadOnlyList<ScoreFacts> facts)
    {
        var hasReplicas = rows.Any(static row => row.Replica != 0);
        var names = rows.SelectMany(static row => row.Scores.Keys).Distinct(StringComparer.Ordinal).ToList();
        (string, string?)[] columns = [("step", "number"), .. hasReplicas ? [("replica", (string?)"number")] : Array.Empty<(string, string?)>(), .. names.Select(static name => (name, (string?)"number"))];
        return Sections.Table(columns, rows.Reverse().Take(MostRows).Select(row => (IReadOnlyList<Html>)
        [
            $"{row.Step:N0}", .. hasReplicas ? [$"{row.Replica}"] : Array.Empty<Html>(), .. names.Select(name => Cell(row, name, facts)),
        ]));
    }

    /// <summary>A row for each score that the command evaluate computed, with its network and number of samples.</summary>
    public static Html Of(IReadOnlyList<EvaluatedScore> scores, bool hasReplicas)
    {
        (string, string?)[] columns = [("score", "word"), ("value", "number"), ("step", "number"), .. hasReplicas ? [("replica", (string?)"number")] : Array.Empty<(string, string?)>(), ("computed with", "long")];
        return Sections.Table(columns, scores.Select(score => (IReadOnlyList<Html>)
        [
            score.Name, Text.Score(score.Value), $"{score.Step:N0}", .. hasReplicas ? [$"{score.Replica}"] : Array.Empty<Html>(), score.Key.Words,
        ]));
    }

    /// <summary>One line for each score and each text of provenance, with the steps that it holds for.</summary>
    public static IEnumerable<string> Provenance(IReadOnlyList<ScoreRow> rows)
        => rows.SelectMany(static row => row.Provenance.Select(entry => (entry.Key, entry.Value, row.Step)))
            .GroupBy(static entry => (entry.Key, entry.Value))
            .Select(static group => (group.Key, First: group.Min(static entry => entry.Step), Last: group.Max(static entry => entry.Step)))
            .Select(static line => $"{(line.Key.Key.Length == 0 ? "" : $"{line.Key.Key}, ")}{Steps(line.First, line.Last)}: {line.Key.Value}");

    private static Html Cell(ScoreRow row, string name, IReadOnlyList<ScoreFacts> facts)
    {
        if (!row.Scores.TryGetValue(name, out var value))
        {
            return "";
        }

        var isBest = facts.Any(fact => fact.Name == name && fact.Best.Equals(value) && fact.BestStep == row.Step);
        return isBest ? Html.Of("strong").Add(Text.Score(value)) : value is null ? "not finite" : Text.Score(value);
    }

    private static string Steps(long first, long last) => first == last ? $"step {first:N0}" : $"steps {first:N0} to {last:N0}";
}
