using DistGan.Recipes;

namespace DistGan.Client.Runs.Contents;

/// <summary>One score of a run: the last and the best, over all replicas.</summary>
public sealed record ScoreFacts(string Name, double Last, long LastStep, double Best, long BestStep)
{
    /// <summary>The scores of evaluations in the order in which their names first appear; those that were never finite are left out.</summary>
    public static IReadOnlyList<ScoreFacts> Of(IReadOnlyList<ScoreRow> rows)
        => [.. rows
            .SelectMany(static row => row.Scores.Select(score => (score.Key, score.Value, row.Step)))
            .Where(static score => score.Value is not null)
            .GroupBy(static score => score.Key, StringComparer.Ordinal)
            .Select(static group => Of(group.Key, [.. group.Select(static score => (score.Value!.Value, score.Step))]))];

    private static ScoreFacts Of(string name, IReadOnlyList<(double Value, long Step)> scores)
    {
        var last = scores.GroupBy(static score => score.Step).MaxBy(static group => group.Key)!;
        var best = scores.OrderBy(score => MetricDirections.Loss(name, score.Value)).ThenBy(static score => score.Step).First();
        var newest = last.OrderBy(score => MetricDirections.Loss(name, score.Value)).First();
        return new(name, newest.Value, newest.Step, best.Value, best.Step);
    }
}
