namespace DistGan.Client.Runs.Contents;

/// <summary>A score of a snapshot that the command evaluate computed; no part of the run's course.</summary>
public sealed record EvaluatedScore(string Name, double Value, int Replica, long Step, ScoreKey Key)
{
    /// <summary>The scores of evaluations, the newest of those that were computed in the same way.</summary>
    /// <param name="rows">In the order in which they were written.</param>
    public static IReadOnlyList<EvaluatedScore> Of(IReadOnlyList<ScoreRow> rows)
        => [.. rows
            .SelectMany(static row => row.Scores.Where(static score => score.Value is not null).Select(score => new EvaluatedScore(score.Key, score.Value!.Value, row.Replica, row.Step, row.KeyOf(score.Key))))
            .GroupBy(static score => score with { Value = 0 })
            .Select(static group => group.Last())];
}
