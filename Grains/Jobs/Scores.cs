using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>Which numbers of events and reports are scores.</summary>
internal static class Scores
{
    private static readonly string[] Names =
    [
        MetricNames.Fid, MetricNames.Kid, MetricNames.Precision, MetricNames.Recall, MetricNames.Density, MetricNames.Coverage, MetricNames.InceptionScore,
        MetricNames.Modes, MetricNames.SolidModes, MetricNames.HighQuality, MetricNames.ReverseKl, MetricNames.LeastClassShare, MetricNames.LabelAccuracy,
        MetricNames.Memorisation, MetricNames.CopiedShare, MetricNames.IdenticalShare, MetricNames.DuplicateShare, MetricNames.Diversity,
    ];

    /// <summary>The first score that ranks, turned so that lower is better; above everything where there is none.</summary>
    public static double Rank(IReadOnlyDictionary<string, double> scores)
    {
        foreach (var name in Names)
        {
            if (MetricDirections.Of(name) is not null && scores.TryGetValue(name, out var value))
            {
                return MetricDirections.Loss(name, value);
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>Takes over the scores among <paramref name="values"/>; one that is not finite is no score.</summary>
    public static void Take(IReadOnlyDictionary<string, double> values, Dictionary<string, double> scores)
    {
        foreach (var name in Names)
        {
            if (values.TryGetValue(name, out var value) && double.IsFinite(value))
            {
                scores[name] = value;
            }
        }
    }
}
