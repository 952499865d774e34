namespace DistGan.Recipes;

/// <summary>Which way scores are better, and which of them rank generators.</summary>
public static class MetricDirections
{
    private static readonly HashSet<string> Higher = new(StringComparer.Ordinal)
    {
        MetricNames.Modes, MetricNames.SolidModes, MetricNames.HighQuality, MetricNames.InceptionScore,
        MetricNames.Precision, MetricNames.Recall, MetricNames.Density, MetricNames.Coverage,
        MetricNames.LeastClassShare, MetricNames.Diversity, MetricNames.LabelAccuracy,
    };

    /// <summary>Of precision, recall, density and coverage, coverage alone ranks: it falls both with quality and with variety.</summary>
    private static readonly HashSet<string> Ranking = new(StringComparer.Ordinal)
    {
        MetricNames.Fid, MetricNames.Kid, MetricNames.Modes, MetricNames.Coverage, MetricNames.InceptionScore,
    };

    /// <summary>True where lower is better, false where higher is, null where the score describes and does not rank.</summary>
    public static bool? Of(string score) => Ranking.Contains(score) ? !Higher.Contains(score) : null;

    /// <summary>A score turned so that lower is better.</summary>
    public static double Loss(string score, double value) => Higher.Contains(score) ? -value : value;
}
