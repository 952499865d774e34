using DistGan.Recipes;

namespace DistGan.Silo.Documents;

/// <summary>Metrics that are shown in one plot.</summary>
/// <param name="Title">Title of the plot.</param>
/// <param name="Metrics">Names of the metrics and what the legend calls them, in the order of their colours.</param>
/// <param name="Low">Where the vertical axis begins at the latest.</param>
/// <param name="High">Where it ends at the earliest.</param>
/// <param name="MayBeLog">Whether it may be logarithmic.</param>
public sealed record MetricGroup(string Title, IReadOnlyList<(string Name, string Label)> Metrics, double? Low = null, double? High = null, bool MayBeLog = false)
{
    private const string Losses = "Losses";
    private const string Discriminator = "discriminator";
    private const string Generator = "generator";

    /// <summary>The plots that every report has, in their order, for the metrics that a run has.</summary>
    public static IReadOnlyList<MetricGroup> Known { get; } =
    [
        new(Losses, [(MetricNames.DiscriminatorLoss, Discriminator), (MetricNames.GeneratorLoss, Generator)], MayBeLog: true),
        new("Accuracy of the discriminator", [(MetricNames.RealAccuracy, "real"), (MetricNames.FakeAccuracy, "generated"), (MetricNames.ReplayedAccuracy, "replayed")], 0, 1),
        new("Classes that the discriminator tells rightly", [(MetricNames.RealClassAccuracy, "real"), (MetricNames.FakeClassAccuracy, "generated")], 0, 1),
        new("Information about codes in samples, in nats", [(MetricNames.MutualInformation, "information")]),
        new("Scores that the discriminator gives", [(MetricNames.RealScore, "real"), (MetricNames.FakeScore, "generated")]),
        new("Gradient norms", [(MetricNames.DiscriminatorGradientNorm, Discriminator), (MetricNames.GeneratorGradientNorm, Generator)], 0, MayBeLog: true),
        new("Gradient penalty", [(MetricNames.GradientPenalty, "penalty"), (MetricNames.R1Penalty, "r1"), (MetricNames.R2Penalty, "r2")], 0, MayBeLog: true),
        new("Distance between generated samples as a share of real ones", [(MetricNames.SampleDiversity, "diversity")], 0, 1),
        new("Throughput in images a second", [(MetricNames.ImagesPerSecond, "images/s")], 0),
        new("Replay fill", [(MetricNames.ReplayFill, "fill")], 0, 1),
        new("Age of replayed images in steps", [(MetricNames.ReplayAgeSteps, "age")], 0),
        new("Staleness in steps", [(MetricNames.ReplayStalenessSteps, "replay"), (MetricNames.ParametersStalenessSteps, "parameters")], 0),
        new("Balance", [(MetricNames.BalanceRatio, "ratio")], 0),
        new("What the balance decides by", [(MetricNames.BalanceSignal, "measured"), (MetricNames.BalanceTarget, "target")]),
        new("Updates that the balance left out", [(MetricNames.LeftOutDiscriminatorUpdates, Discriminator), (MetricNames.LeftOutGeneratorUpdates, Generator)], 0),
    ];

    /// <summary>Told by another plot.</summary>
    private static readonly string[] Redundant = [MetricNames.StepsPerSecond];

    /// <summary>The groups of a set of metric names: the losses, the scores, the other known ones, then each further metric alone.</summary>
    /// <param name="metrics">Names in the reports.</param>
    /// <param name="scores">Names in the evaluations.</param>
    public static IReadOnlyList<MetricGroup> For(IReadOnlySet<string> metrics, IReadOnlyCollection<string> scores)
    {
        var known = Known
            .Select(group => group with { Metrics = [.. group.Metrics.Where(metric => metrics.Contains(metric.Name))] })
            .Where(static group => group.Metrics.Count > 0).ToList();
        var taken = Known.SelectMany(static group => group.Metrics).Select(static metric => metric.Name).Concat(scores).Concat(Redundant).ToHashSet(StringComparer.Ordinal);
        return [
            .. known.Where(static group => group.Title == Losses),
            .. scores.Select(static score => MetricNames.IsShare(score) ? Share(score) : Alone(score) with { Low = 0 }),
            .. known.Where(static group => group.Title != Losses),
            .. metrics.Where(name => !taken.Contains(name)).Order(StringComparer.Ordinal).Select(static name => MetricNames.IsShare(name) ? Share(name) : Alone(name)),
        ];
    }

    private static MetricGroup Alone(string metric) => new(TitleOf(metric), [(metric, metric.Replace('_', ' '))], MayBeLog: true);

    private static MetricGroup Share(string metric) => Alone(metric) with { Low = 0, High = 1, MayBeLog = false };

    /// <summary>A metric as a title: abbreviations in capitals, other names in words.</summary>
    public static string TitleOf(string metric)
    {
        var words = metric.Replace('_', ' ').Replace('-', ' ');
        return metric.Length <= 3 ? words.ToUpperInvariant() : char.ToUpperInvariant(words[0]) + words[1..].Replace(" kl", " KL", StringComparison.Ordinal);
    }
}
