using DistGan.Recipes;

namespace DistGan.Silo.Documents;

/// <summary>What the replicas of a job reported, in columns.</summary>
public sealed record MetricsDocument
{
    public string Schema { get; init; } = "distgan.metrics/1";

    public required string Job { get; init; }

    public required IReadOnlyList<MetricColumns> Replicas { get; init; }

    /// <summary>Which metrics belong in which plot, in the order in which people want to see them.</summary>
    public required IReadOnlyList<PlotDocument> Plots { get; init; }

    /// <summary>Of the scores that rank, by name: whether lower is better.</summary>
    public required IReadOnlyDictionary<string, bool> LowerIsBetter { get; init; }

    /// <summary>The document of columns.</summary>
    /// <param name="run">Name of the job or run.</param>
    /// <param name="replicas">A replica each.</param>
    /// <param name="scores">Names of scores, of which the columns may have some.</param>
    public static MetricsDocument Of(string run, IReadOnlyList<MetricColumns> replicas, IEnumerable<string> scores)
    {
        var found = replicas.SelectMany(static one => one.Values.Keys).ToHashSet(StringComparer.Ordinal);
        string[] known = [.. scores.Where(found.Contains).Order(StringComparer.Ordinal)];
        return new()
        {
            Job = run,
            Replicas = replicas,
            Plots = PlotDocument.For(found, known),
            LowerIsBetter = known.Where(static score => MetricDirections.Of(score) is not null).ToDictionary(static score => score, static score => MetricDirections.Of(score)!.Value),
        };
    }
}
