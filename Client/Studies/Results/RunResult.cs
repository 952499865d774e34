using DistGan.Client.Runs.Contents;
using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;

namespace DistGan.Client.Studies.Results;

/// <summary>What has become of a run.</summary>
public sealed record RunResult
{
    public required StudyRun Run { get; init; }

    /// <summary>Name of its configuration.</summary>
    public required string Configuration { get; init; }

    public required StudyRunState State { get; init; }

    /// <summary>Time trained.</summary>
    public double? Seconds { get; init; }

    public long Steps { get; init; }

    public IReadOnlyList<ScoreFacts> Scores { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public string? Failure { get; init; }
}
