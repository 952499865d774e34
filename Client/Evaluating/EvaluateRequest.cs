using DistGan.Client.Champions;
using DistGan.Training.Features;

namespace DistGan.Client.Evaluating;

/// <summary>What <c>evaluate</c> was asked for.</summary>
public sealed record EvaluateRequest
{
    /// <summary>The folder of the run, as the user wrote it.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether the scores become a line of the run.</summary>
    public bool Keeps { get; init; } = true;

    /// <summary>Metric names; empty is every one that fits.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>Generated samples of one draw.</summary>
    public int Samples { get; init; } = 2048;

    /// <summary>Independent draws.</summary>
    public int Draws { get; init; } = 3;

    /// <summary>Feature network by name or file; null is that of the data set.</summary>
    public string? Features { get; init; }

    /// <summary>What images a TorchScript file takes.</summary>
    public TorchScriptSettings TorchScript { get; init; } = new();

    /// <summary>Which replica; null is the best.</summary>
    public int? Replica { get; init; }

    /// <summary>Scores the set of champions, and each of them alone, instead of the newest generator.</summary>
    public bool Champions { get; init; }

    /// <summary>How champions are mixed; null is uniform.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>Origin of latents and of every choice among real images; null is the recipe's.</summary>
    public long? Seed { get; init; }
}
