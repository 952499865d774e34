using DistGan.Client.Reports.Plots;
using DistGan.Recipes;

namespace DistGan.Client.Reports;

/// <summary>Metrics that are shown in one plot.</summary>
/// <param name="Title">Title of the plot.</param>
/// <param name="Metrics">Names of the metrics, in the order of their colours.</param>
/// <param name="Low">Where the vertical axis begins at the latest.</param>
/// <param name="High">Where it ends at the earliest.</param>
/// <param name="MayBeLog">Whether it may be logarithmic.</param>
internal sealed record MetricGroup(string Title, IReadOnlyList<string> Metrics, double? Low = null, double? High = null, bool MayBeLog = false)
{
    /// <summary>The plots that every report has, in their order, for the metrics that a run has.</summary>
    public static IReadOnlyList<MetricGroup> Known { get; } =
    [
        new("Losses", [MetricNames.DiscriminatorLoss, MetricNames.GeneratorLoss], MayBeLog: true),
        new("Accuracy of the discriminator", [MetricNames.RealAccuracy, MetricNames.FakeAccuracy, MetricNames.ReplayedAccuracy], 0, 1),
        new("Scores that the discriminator gives", [MetricNames.RealScore, MetricNames.FakeScore]),
        new("Gradient norms", [MetricNames.DiscriminatorGradientNorm, MetricNames.GeneratorGradientNorm], 0, MayBeLog: true),
        new("Gradient penalty", [MetricNames.GradientPenalty], 0, MayBeLog: true),
        new("Throughput in images a second", [MetricNames.ImagesPerSecond], 0),
        new("Replay fill", [MetricNames.ReplayFill], 0, 1),
        new("Age of replayed images in steps", [MetricNames.ReplayAgeSteps], 0),
        new("Staleness in steps", [MetricNames.ReplayStalenessSteps, MetricNames.ParametersStalenessSteps], 0),
        new("Balance", [MetricNames.BalanceRatio], 0),
    ];

    /// <summary>Told by another plot.</summary>
    private static readonly string[] Redundant = [MetricNames.StepsPerSecond];

    /// <summary>The groups of a set of metric names: scores, then the known ones, then each further metric alone.</summary>
    /// <param name="metrics">Names in the reports.</param>
    /// <param name="scores">Names in the evaluations.</param>
    public static IReadOnlyList<MetricGroup> For(IReadOnlySet<string> metrics, IReadOnlyCollection<string> scores)
    {
        var known = Known
            .Select(group => group with { Metrics = [.. group.Metrics.Where(metrics.Contains)] })
            .Where(static group => group.Metrics.Count > 0);
        var taken = Known.SelectMany(static group => group.Metrics).Concat(scores).Concat(Redundant).ToHashSet(StringComparer.Ordinal);
        return [
            .. scores.Select(static score => new MetricGroup(TitleOf(score), [score], MayBeLog: true)),
            .. known,
            .. metrics.Where(name => !taken.Contains(name)).Order(StringComparer.Ordinal).Select(static name => new MetricGroup(TitleOf(name), [name], MayBeLog: true)),
        ];
    }

    /// <summary>An empty plot with the title and bounds of this group.</summary>
    public Plot Plot(string title, IReadOnlyList<PlotSeries> series) => new() { Title = title, Series = series, Low = Low, High = High, MayBeLog = MayBeLog };

    /// <summary>A metric as a title: abbreviations in capitals, other names in words.</summary>
    public static string TitleOf(string metric)
    {
        var words = metric.Replace('_', ' ').Replace('-', ' ');
        return metric.Length <= 3 ? words.ToUpperInvariant() : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
