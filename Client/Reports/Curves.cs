using DistGan.Client.Reports.Plots;
using DistGan.Client.Runs.Contents;
using DistGan.Silo.Documents;

namespace DistGan.Client.Reports;

/// <summary>The lines that a run's reports and evaluations draw.</summary>
internal static class Curves
{
    /// <summary>
    /// The plots of one run. With one replica, metrics that belong together share a plot; with several, each metric has its own plot
    /// and each replica its line.
    /// </summary>
    public static IReadOnlyList<Plot> OfRun(RunContents run)
    {
        var replicas = run.Metrics.Select(static row => row.Replica).Concat(run.Scores.Select(static row => row.Replica)).Distinct().Order().ToList();
        var groups = Groups([run]);
        return replicas.Count > 1
            ? [.. groups.SelectMany(group => group.Metrics.Select(metric => group.Plot(
                Title(group, metric.Label), NotEmpty(replicas.Select((replica, color) => new PlotSeries($"replica {replica}", color, Points(run, metric.Name, replica)))))))]
            : [.. groups.Select(group => group.Plot(
                group.Title, NotEmpty(group.Metrics.Select((metric, color) => new PlotSeries(metric.Label, color, Points(run, metric.Name, replicas.FirstOrDefault()))))))];
    }

    /// <summary>The plots of several runs over one another: a plot a metric, a colour a run, a line a replica.</summary>
    /// <param name="runs">The runs with the names that tell them apart.</param>
    public static IReadOnlyList<Plot> OfRuns(IReadOnlyList<(string Name, RunContents Run)> runs)
        => [.. Groups([.. runs.Select(static run => run.Run)])
            .SelectMany(group => group.Metrics.Select(metric => group.Plot(Title(group, metric.Label), NotEmpty(runs.SelectMany((run, color) => Lines(run, color, metric.Name))))))];

    private static IEnumerable<PlotSeries> Lines((string Name, RunContents Run) run, int color, string metric)
    {
        var replicas = run.Run.Metrics.Select(static row => row.Replica).Distinct().Order().ToList();
        return replicas.Select(replica => new PlotSeries(replicas.Count == 1 ? run.Name : $"{run.Name}, replica {replica}", color, Points(run.Run, metric, replica)));
    }

    private static IReadOnlyList<MetricGroup> Groups(IReadOnlyList<RunContents> runs) => MetricGroup.For(
        runs.SelectMany(static run => run.Metrics).SelectMany(static row => row.Values.Keys).ToHashSet(StringComparer.Ordinal),
        [.. runs.SelectMany(static run => run.Scores).SelectMany(static row => row.Scores.Keys).Distinct(StringComparer.Ordinal)]);

    /// <summary>A metric of a replica; reports that do not tell it are no gap, one that tells null is.</summary>
    private static IReadOnlyList<PlotPoint> Points(RunContents run, string metric, int replica)
    {
        var scores = run.Scores.Where(row => row.Replica == replica && row.Scores.ContainsKey(metric)).Select(row => new PlotPoint(row.Step, row.Scores[metric])).ToList();
        return scores.Count > 0
            ? scores.Count > 1 ? scores : [] // One point is no curve; the score table has it.
            : [.. run.Metrics.Where(row => row.Replica == replica && row.Values.ContainsKey(metric)).Select(row => new PlotPoint(row.Step, row.Values[metric]))];
    }

    private static IReadOnlyList<PlotSeries> NotEmpty(IEnumerable<PlotSeries> series) => [.. series.Where(static line => line.Points.Count > 0)];

    private static string Title(MetricGroup group, string label) => group.Metrics.Count == 1 ? group.Title : $"{group.Title}: {label}";
}
