using DistGan.Recipes;

namespace DistGan.Client.Runs.Contents;

/// <summary>Which way a score is better.</summary>
public static class ScoreDirection
{
    private static readonly HashSet<string> Higher = new(StringComparer.Ordinal)
    {
        MetricNames.Modes, MetricNames.SolidModes, MetricNames.HighQuality,
        "precision", "recall", "density", "coverage", "is", "inception_score",
    };

    /// <summary>Whether a greater value is better.</summary>
    public static bool IsHigherBetter(string metric) => Higher.Contains(metric);

    /// <summary>A score turned so that lower is better.</summary>
    public static double Loss(string metric, double score) => IsHigherBetter(metric) ? -score : score;
}
