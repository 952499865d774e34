using DistGan.Client.Display;
using DistGan.Client.Studies.Running;
using DistGan.Recipes;

namespace DistGan.Client.Studies.Results;

/// <summary>The results as rows: a row a score and configuration.</summary>
public static class ResultTable
{
    private const string PlusMinus = " ± ";

    /// <summary>Headings; a '#' before one says that its cells are numbers. Columns on the baseline are there where there is one.</summary>
    public static IReadOnlyList<string> Headings(StudyResults results)
        => ["score", "configuration", "#final", "#best", "#seeds", .. results.Plan.Baseline is null ? Array.Empty<string>() : ["#effect", "#effect on best"], "#time"];

    /// <summary>Rows of all scores but shares of classes; a configuration of which no run is completed has one row.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(StudyResults results)
    {
        var names = results.ScoreNames.Where(static name => !MetricNames.IsClassShare(name)).ToList();
        var rows = names.SelectMany(name => results.Configurations
            .Select(configuration => (configuration, Score: configuration.Scores.FirstOrDefault(score => score.Name == name)))
            .Where(static entry => entry.Score is not null)
            .Select(entry => Row(results, entry.configuration, entry.Score!)));
        var columns = Headings(results).Count;
        var without = results.Configurations.Where(static configuration => configuration.Scores.Count == 0)
            .Select(configuration => (IReadOnlyList<string>)[
                Text.None, configuration.Configuration.Name, Text.None, Text.None, Seeds(configuration.Completed.Count, configuration.Runs.Count),
                .. Enumerable.Repeat(Text.None, columns - 6), Time(configuration),
            ]);
        return [.. rows, .. without];
    }

    /// <summary>The runs that failed and why.</summary>
    public static IReadOnlyList<string> Failures(StudyResults results)
        => [.. results.Runs.Where(static run => run.State == StudyRunState.Failed).Select(static run => $"{run.Run.Name} failed: {run.Failure}")];

    /// <summary>What each configuration changes.</summary>
    public static IReadOnlyList<(string Name, string Changes)> Changes(StudyResults results)
        => [.. results.Configurations.Where(static configuration => configuration.Configuration.Overrides.Count > 0)
            .Select(static configuration => (configuration.Configuration.Name, string.Join(' ', configuration.Configuration.Overrides)))];

    /// <summary>What the columns mean, in a sentence.</summary>
    public static string Note(StudyResults results)
        => "final and best: mean ± standard deviation over seeds" + (results.Plan.Baseline is { } baseline
            ? $"; effect: difference from {baseline}, paired by seed, ± standard error" : "");

    private static IReadOnlyList<string> Row(StudyResults results, ConfigurationResult configuration, ScoreResult score) =>
    [
        score.Name,
        configuration.Configuration.Name,
        WithSpread(score.Final),
        WithSpread(score.Best),
        Seeds(score.Final.Count, configuration.Runs.Count),
        .. results.Plan.Baseline is null ? Array.Empty<string>() : [Of(score.FinalEffect), Of(score.BestEffect)],
        Time(configuration),
    ];

    /// <summary>Mean ± standard deviation.</summary>
    internal static string WithSpread(Moments moments) => Text.Score(moments.Mean) + (moments.Deviation is { } deviation ? PlusMinus + (deviation == 0 ? "0" : Text.Number(deviation)) : "");

    private static string Of(Effect? effect)
        => effect is null ? Text.None : (effect.Difference > 0 ? "+" : "") + Text.Score(effect.Difference) + (effect.StandardError is { } error ? PlusMinus + Text.Number(error) : "");

    /// <summary>How many seeds have a value, and of how many where some have none.</summary>
    internal static string Seeds(int count, int all) => count == all ? $"{count}" : $"{count} of {all}";

    /// <summary>Mean time of a completed run.</summary>
    internal static string Time(ConfigurationResult configuration)
        => configuration.Seconds.Mean is { } seconds ? Text.Duration(TimeSpan.FromSeconds(seconds)) : Text.None;
}
