using DistGan.Client.Display;
using DistGan.Recipes;

namespace DistGan.Client.Studies.Results;

/// <summary>The final scores with a row a configuration and a column a score, and a mark where one differs from the baseline's by more than chance.</summary>
public static class ScoreMatrix
{
    /// <summary>So many standard errors are taken for more than chance.</summary>
    private const double Clear = 2;

    /// <summary>Two differences that happen to be equal say nothing of chance; so many do.</summary>
    private const int LeastEqual = 3;

    /// <summary>Headings; a '#' before one says that its cells are numbers.</summary>
    public static IReadOnlyList<string> Headings(StudyResults results) => ["configuration", .. Names(results).Select(static name => $"#{name}"), "#seeds", "#time"];

    /// <summary>A row a configuration.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(StudyResults results)
        => [.. results.Configurations.Select(configuration => (IReadOnlyList<string>)
        [
            configuration.Configuration.Name,
            .. Names(results).Select(name => configuration.Scores.FirstOrDefault(score => score.Name == name) is { } score ? Cell(score) : Text.None),
            ResultTable.Seeds(configuration.Completed.Count, configuration.Runs.Count),
            ResultTable.Time(configuration),
        ])];

    /// <summary>What the cells mean, in a sentence.</summary>
    public static string Note(StudyResults results)
        => "at the end of each run, mean ± standard deviation over seeds" + (results.Plan.Baseline is { } baseline
            ? $"; ▲ better, ▼ worse than {baseline} by more than two standard errors of the difference, paired by seed" : "");

    private static IEnumerable<string> Names(StudyResults results) => results.ScoreNames.Where(static name => !MetricNames.IsClassShare(name));

    private static string Cell(ScoreResult score) => $"{ResultTable.WithSpread(score.Final)}{Mark(score)}";

    private static string Mark(ScoreResult score)
        => score.FinalEffect is { StandardError: { } error } effect && (error > 0 || effect.Pairs >= LeastEqual) && Math.Abs(effect.Difference) > Clear * error
            ? MetricDirections.Loss(score.Name, effect.Difference) < 0 ? " ▲" : " ▼"
            : "";
}
