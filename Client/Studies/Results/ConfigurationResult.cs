using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Studies.Results;

/// <summary>A configuration and what its runs gave.</summary>
public sealed record ConfigurationResult
{
    public required StudyConfiguration Configuration { get; init; }

    public required IReadOnlyList<RunResult> Runs { get; init; }

    public required IReadOnlyList<ScoreResult> Scores { get; init; }

    public IReadOnlyList<RunResult> Completed => [.. Runs.Where(static run => run.State == StudyRunState.Completed)];

    /// <summary>Seconds of the completed runs.</summary>
    public Moments Seconds => Moments.Of([.. Completed.Select(static run => run.Seconds).OfType<double>()]);
}
