using DistGan.Recipes;
using DistGan.Training.Data;

namespace DistGan.Training.Metrics;

/// <summary>The metrics that a recipe can ask for.</summary>
public static class MetricCatalog
{
    private const string Automatic = "auto";

    /// <summary>Every metric: whether it fits a data set, and its maker.</summary>
    public static IReadOnlyDictionary<string, (Func<IDataSet, bool> Fits, Func<IDataSet, IMetric> Make)> Entries { get; } =
        new Dictionary<string, (Func<IDataSet, bool>, Func<IDataSet, IMetric>)>
        {
            [MetricNames.Fid] = (static data => data.Shape.IsImage, static data => FidMetric.For(data)),
            [MetricNames.Modes] = (static data => data.Modes is not null, static data => new ModeMetric(data.Name, data.Modes!)),
        };

    /// <summary>The metrics of a recipe, each once; auto stands for all that fit. The caller disposes them.</summary>
    /// <exception cref="DistGanException">A metric is unknown or does not fit the data, or a feature network is missing or damaged.</exception>
    public static IReadOnlyList<IMetric> For(EvaluationRecipe evaluation, IDataSet data)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(data);
        var fitting = Entries.Where(entry => entry.Value.Fits(data)).Select(static entry => entry.Key).ToArray();
        var names = evaluation.Metrics.SelectMany(name => name == Automatic ? fitting : [name]).Distinct().ToArray();
        if (names.FirstOrDefault(name => !fitting.Contains(name)) is { } unfit)
        {
            throw new DistGanException($"The metric '{unfit}' does not fit the data set {data.Name}: give evaluation.metrics = [{string.Join(", ", fitting)}], or auto.");
        }

        return [.. names.Select(name => Entries[name].Make(data))];
    }
}
