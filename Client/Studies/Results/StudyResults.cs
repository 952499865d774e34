using DistGan.Client.Runs.Contents;
using DistGan.Client.Studies.Planning;
using DistGan.Client.Studies.Running;
using DistGan.Recipes;

namespace DistGan.Client.Studies.Results;

/// <summary>What a study has found so far; only completed runs count in it.</summary>
public sealed class StudyResults
{
    private StudyResults(StudyPlan plan, IReadOnlyList<ConfigurationResult> configurations, IReadOnlyList<string> scoreNames)
        => (Plan, Configurations, ScoreNames) = (plan, configurations, scoreNames);

    public StudyPlan Plan { get; }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<ConfigurationResult> Configurations { get; }

    /// <summary>Names of all scores, in the order in which they first appear.</summary>
    public IReadOnlyList<string> ScoreNames { get; }

    public IReadOnlyList<RunResult> Runs => [.. Configurations.SelectMany(static configuration => configuration.Runs)];

    /// <summary>Whether every run has been completed or has failed.</summary>
    public bool IsFinished => Runs.All(static run => run.State is StudyRunState.Completed or StudyRunState.Failed);

    /// <summary>Reads the folders of all runs.</summary>
    public static StudyResults Read(StudyFolder folder, StudyPlan plan)
        => Of(plan, [.. plan.Configurations.SelectMany(configuration => configuration.Runs.Select(run => Read(folder, configuration.Name, run)))]);

    /// <summary>The results of runs.</summary>
    public static StudyResults Of(StudyPlan plan, IReadOnlyList<RunResult> runs)
    {
        var names = runs.Where(static run => run.State == StudyRunState.Completed).SelectMany(static run => run.Scores).Select(static score => score.Name).Distinct(StringComparer.Ordinal).ToList();
        var plain = plan.Configurations.Select(configuration => Of(configuration, [.. runs.Where(run => run.Configuration == configuration.Name)], names)).ToList();
        var baseline = plain.FirstOrDefault(configuration => configuration.Configuration.Name == plan.Baseline);
        return new(plan, [.. plain.Select(configuration => Compared(configuration, baseline))], names);
    }

    /// <summary>The configuration with the best mean of the first score at the end; null where none has one.</summary>
    public ConfigurationResult? Best()
        => ScoreNames.Count == 0
            ? null
            : Configurations
                .Select(configuration => (configuration, configuration.Scores.FirstOrDefault(score => score.Name == ScoreNames[0])?.Final.Mean))
                .Where(static entry => entry.Mean is not null)
                .OrderBy(entry => MetricDirections.Loss(ScoreNames[0], entry.Mean!.Value))
                .Select(static entry => entry.configuration)
                .FirstOrDefault();

    private static RunResult Read(StudyFolder folder, string configuration, StudyRun run)
    {
        var facts = folder.FactsOf(run.Name);
        return new()
        {
            Run = run,
            Configuration = configuration,
            State = folder.StateOf(run.Name),
            Seconds = facts?.Seconds,
            Steps = facts?.Steps ?? 0,
            Scores = facts?.Scores ?? [],
            Failure = folder.FailureOf(run.Name),
        };
    }

    private static ConfigurationResult Of(StudyConfiguration configuration, IReadOnlyList<RunResult> runs, IReadOnlyList<string> names)
    {
        var completed = runs.Where(static run => run.State == StudyRunState.Completed).ToList();
        var scores = names.Select(name => (Name: name, Values: completed
                .Select(run => (run.Run.Seed, Score: run.Scores.FirstOrDefault(score => score.Name == name), LastStep: run.Scores.Select(static score => score.LastStep).DefaultIfEmpty(0).Max()))
                .Where(static entry => entry.Score is not null)
                .Select(static entry => (entry.Seed, entry.Score, IsFinal: entry.Score!.LastStep == entry.LastStep)) // one that is not finite at the end has no final value
                .ToList()))
            .Where(static score => score.Values.Count > 0)
            .Select(static score => new ScoreResult
            {
                Name = score.Name,
                FinalValues = score.Values.Where(static entry => entry.IsFinal).ToDictionary(static entry => entry.Seed, static entry => entry.Score!.Last),
                BestValues = score.Values.ToDictionary(static entry => entry.Seed, static entry => entry.Score!.Best),
            });
        return new() { Configuration = configuration, Runs = runs, Scores = [.. scores] };
    }

    private static ConfigurationResult Compared(ConfigurationResult configuration, ConfigurationResult? baseline)
        => baseline is null || configuration == baseline
            ? configuration
            : configuration with { Scores = [.. configuration.Scores.Select(score => Compared(score, baseline.Scores.FirstOrDefault(other => other.Name == score.Name)))] };

    private static ScoreResult Compared(ScoreResult score, ScoreResult? baseline)
        => baseline is null
            ? score
            : score with { FinalEffect = Effect.Of(score.FinalValues, baseline.FinalValues), BestEffect = Effect.Of(score.BestValues, baseline.BestValues) };
}
