using DistGan.Recipes;

namespace DistGan.Client.Runs.Contents;

/// <summary>One score of a run: the last, and the best of those that may be compared with it, over all replicas.</summary>
public sealed record ScoreFacts(string Name, double Last, long LastStep, double Best, long BestStep)
{
    /// <summary>What a score of another run has to share with these before they may be compared.</summary>
    public ScoreKey Key { get; init; } = new();

    /// <summary>The scores of evaluations in the order in which their names first appear; those that were never finite are left out.</summary>
    /// <param name="rows">What training evaluated.</param>
    public static IReadOnlyList<ScoreFacts> Of(IReadOnlyList<ScoreRow> rows)
        => [.. rows
            .SelectMany(static row => row.Scores.Select(score => (score.Key, score.Value, row.Step, Comparable: row.KeyOf(score.Key))))
            .Where(static score => score.Value is not null)
            .GroupBy(static score => score.Key, StringComparer.Ordinal)
            .Select(static group => Of(group.Key, [.. group.Select(static score => (score.Value!.Value, score.Step, score.Comparable))]))];

    private static ScoreFacts Of(string name, IReadOnlyList<(double Value, long Step, ScoreKey Key)> scores)
    {
        var key = scores.MaxBy(static score => score.Step).Key;
        var comparable = scores.Where(score => score.Key == key).ToList();
        var last = comparable.GroupBy(static score => score.Step).MaxBy(static group => group.Key)!;
        var best = comparable.OrderBy(score => MetricDirections.Loss(name, score.Value)).ThenBy(static score => score.Step).First();
        var newest = last.OrderBy(score => MetricDirections.Loss(name, score.Value)).First();
        return new(name, newest.Value, newest.Step, best.Value, best.Step) { Key = key };
    }
}
