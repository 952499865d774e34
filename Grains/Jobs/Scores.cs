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

    /// <summary>The first score that ranks, by its name; empty where there is none.</summary>
    public static Dictionary<string, double> First(IReadOnlyDictionary<string, double> scores)
        => Names.FirstOrDefault(name => MetricDirections.Of(name) is not null && scores.ContainsKey(name)) is { } first ? new() { [first] = scores[first] } : [];

    /// <summary>The first score that ranks, turned so that lower is better; the largest number where it is not finite, null where there is none.</summary>
    public static double? LossOf(IReadOnlyDictionary<string, double> values)
        => First(values) is { Count: > 0 } first ? double.IsFinite(first.First().Value) ? Rank(first) : double.MaxValue : null;

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
