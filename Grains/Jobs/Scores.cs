using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>Which numbers of events and reports are scores.</summary>
internal static class Scores
{
    private static readonly string[] Names =
    [
        MetricNames.Fid, MetricNames.Kid, MetricNames.Precision, MetricNames.Recall, MetricNames.Density, MetricNames.Coverage, MetricNames.InceptionScore,
        MetricNames.Modes, MetricNames.SolidModes, MetricNames.HighQuality, MetricNames.ReverseKl, MetricNames.LeastClassShare,
        MetricNames.Memorisation, MetricNames.CopiedShare, MetricNames.IdenticalShare, MetricNames.DuplicateShare, MetricNames.Diversity,
    ];

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
