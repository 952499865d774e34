using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Studies.Results;

/// <summary>When a run first reached a goal: the earliest evaluation that does, of any replica.</summary>
/// <param name="Step">The step of that replica.</param>
/// <param name="Seconds">Time that it had trained until then; null where no report tells.</param>
public sealed record Arrival(long Step, double? Seconds)
{
    /// <summary>The arrival of a run; null where it never reached the goal.</summary>
    public static Arrival? Of(Goal goal, RunContents run)
    {
        var first = run.Scores.Where(row => row.Scores.TryGetValue(goal.Score, out var value) && goal.IsReachedBy(value)).MinBy(static row => row.Step);
        return first is null
            ? null
            : new(first.Step, run.Metrics.LastOrDefault(row => row.Replica == first.Replica && row.Step <= first.Step)?.Seconds);
    }
}
