using DistGan.Client.Champions;
using DistGan.Client.Runs;
using DistGan.Training.Metrics;

namespace DistGan.Client.Evaluating;

/// <summary>Scores of a trained generator, and everything that they depend on.</summary>
public sealed record EvaluationResult
{
    public required TrainedRun Run { get; init; }

    /// <summary>Generated samples of one draw.</summary>
    public required int Samples { get; init; }

    public required int Draws { get; init; }

    /// <summary>Origin of latents and of every choice among real images.</summary>
    public required long Seed { get; init; }

    /// <summary>SHA-256 of everything that determines the data set.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>Scores of the generator.</summary>
    public required IReadOnlyDictionary<string, ScoreInterval> Scores { get; init; }

    /// <summary>The same scores of real samples against the others; empty where there are too few.</summary>
    public required IReadOnlyDictionary<string, ScoreInterval> Floor { get; init; }

    /// <summary>Why there is no floor; null where there is one.</summary>
    public string? NoFloor { get; init; }

    /// <summary>The champions whose mixture was scored; null where one generator was.</summary>
    public IReadOnlyList<ChampionScores>? Champions { get; init; }

    /// <summary>How many samples of all draws each label was asked for, by label; null where the generator has none.</summary>
    public IReadOnlyList<long>? LabelCounts { get; init; }

    /// <summary>By metric name.</summary>
    public required IReadOnlyDictionary<string, ScoreProvenance> Provenance { get; init; }
}
