using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Features;

namespace DistGan.Training.Metrics;

/// <summary>The metrics that a recipe or a command can ask for.</summary>
public static class MetricCatalog
{
    private const string Automatic = "auto";

    /// <summary>Every metric. The first that fits is what auto stands for.</summary>
    public static IReadOnlyDictionary<string, MetricEntry> Entries { get; } = new Dictionary<string, MetricEntry>
    {
        [MetricNames.Fid] = new(static context => context.Features is not null, static context => new FidMetric(context.Features!)),
        [MetricNames.Kid] = new(static context => context.Features is not null, static context => new KidMetric(context.Features!)),
        [MetricNames.Prdc] = new(static context => context.Features is not null, static context => new PrdcMetric(context.Features!)),
        [MetricNames.InceptionScore] = new(static context => context.HasClassifier, static context => new InceptionScoreMetric(context.Features!)),
        [MetricNames.Modes] = new(static context => context.Data.Modes is not null || context.HasClassifier, Modes),
        [MetricNames.LabelAccuracy] = new(static context => context is { AsksForLabels: true, TellsLabels: true }, static context => new LabelAccuracyMetric(context.Data, context.Features)),
        [MetricNames.Memorisation] = new(static context => context.Features is not null, static context => new MemorisationMetric(context.Features!)),
    };

    /// <summary>The metrics of a recipe, each once, with the feature network that its data set has by default. The caller disposes them.</summary>
    /// <exception cref="DistGanException">A metric is unknown or does not fit the data, or a feature network is missing or damaged.</exception>
    public static IReadOnlyList<IMetric> For(EvaluationRecipe evaluation, IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(data);
        using var real = data.Shape.IsImage ? new RealFeatures(FeatureCatalog.Open(FeatureCatalog.DefaultFor(data), data.Shape), data) : null;
        return For(evaluation.Metrics, new MetricContext(data, real));
    }

    /// <summary>Metrics by name, each once. The caller disposes them, and the context's features.</summary>
    /// <exception cref="DistGanException">A metric is unknown or does not fit the data.</exception>
    public static IReadOnlyList<IMetric> For(IReadOnlyList<string> metrics, MetricContext context)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(context);
        var fitting = Fitting(context);
        var names = metrics.SelectMany(name => name == Automatic ? fitting.Take(1) : [name]).Distinct().ToArray();
        if (names.FirstOrDefault(name => !fitting.Contains(name)) is { } unfit)
        {
            throw new DistGanException($"The metric '{unfit}' does not fit the data set {context.Data.Name}: give evaluation.metrics = [{string.Join(", ", fitting)}], or auto.");
        }

        var made = new List<IMetric>();
        try
        {
            made.AddRange(names.Select(name => Entries[name].Make(context)));
            return made;
        }
        catch
        {
            made.ForEach(static metric => metric.Dispose());
            throw;
        }
    }

    /// <summary>Names of the metrics that can be computed.</summary>
    public static IReadOnlyList<string> Fitting(MetricContext context)
        => [.. Entries.Where(entry => entry.Value.Fits(context)).Select(static entry => entry.Key)];

    private static IMetric Modes(MetricContext context)
        => context.Data.Modes is { } modes ? new ModeMetric(context.Data.Name, modes)
            : StackedModeMetric.Fits(context.Data, context.Features!.Network) ? new StackedModeMetric(context.Features)
            : new ClassMetric(context.Features);
}
