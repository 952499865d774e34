using DistGan.Client.Runs.Contents;

namespace DistGan.Client.Reports;

/// <summary>Several runs, read and set beside one another.</summary>
public sealed class Comparison
{
    private Comparison(IReadOnlyList<(string Name, RunContents Run)> runs) => Runs = runs;

    /// <summary>The runs with names that tell them apart, in the order in which they were asked for.</summary>
    public IReadOnlyList<(string Name, RunContents Run)> Runs { get; }

    public IReadOnlyList<string> Names => [.. Runs.Select(static run => run.Name)];

    /// <summary>Names of all scores, in the order in which they first appear.</summary>
    public IReadOnlyList<string> ScoreNames => [.. Runs.SelectMany(static run => run.Run.Facts.Scores).Select(static score => score.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>Scores that were not computed in the same way in all runs, and what differs: they must not be compared.</summary>
    public IReadOnlyDictionary<string, string> NotComparable
        => ScoreNames
            .Select(name => (name, Differences: ScoreKey.Differences([.. Runs.SelectMany(static run => run.Run.Facts.Scores).Where(score => score.Name == name).Select(static score => score.Key)])))
            .Where(static score => score.Differences.Count > 0)
            .ToDictionary(static score => score.name, static score => string.Join(", ", score.Differences), StringComparer.Ordinal);

    /// <summary>Which scores of a name may be compared, where not all may: the number of a run's group, from 1; null where all may.</summary>
    public int? GroupOf(ScoreFacts score)
    {
        var keys = Runs.SelectMany(static run => run.Run.Facts.Scores).Where(other => other.Name == score.Name).Select(static other => other.Key).Distinct().ToList();
        return keys.Count == 1 ? null : keys.IndexOf(score.Key) + 1;
    }

    public required IReadOnlyList<RecipeDifference> Differences { get; init; }

    /// <summary>Steps of which every run that has pictures has one; the newest of each run would not be comparable.</summary>
    public IReadOnlyList<long> CommonSampleSteps
    {
        get
        {
            var all = Runs.Select(static run => run.Run.Samples).Where(static samples => samples.Count > 0).ToList();
            return all.Count == 0 ? [] : [.. all[0].Select(static sample => sample.Step).Where(step => all.All(samples => samples.Any(sample => sample.Step == step)))];
        }
    }

    /// <summary>Reads runs.</summary>
    /// <param name="folders">Each as it was asked for, and its absolute path.</param>
    public static Comparison Read(IReadOnlyList<(string Asked, string Path)> folders)
    {
        var contents = folders.Select(static folder => (folder.Asked, Run: RunContents.Read(folder.Path))).ToList();
        // One form for all: names where they tell the runs apart, paths otherwise.
        var areDistinct = contents.Select(static run => run.Run.Facts.Name).Distinct(StringComparer.Ordinal).Count() == contents.Count;
        return new([.. contents.Select(run => (areDistinct ? run.Run.Facts.Name : run.Asked.TrimEnd('/', '\\'), run.Run))])
        {
            Differences = RecipeDifferences.Of([.. contents.Select(static run => run.Run.Recipe)]),
        };
    }
}
