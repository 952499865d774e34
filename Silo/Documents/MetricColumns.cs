using System.Text.Json;
using DistGan.Hosting.Runs;
using DistGan.Recipes;

namespace DistGan.Silo.Documents;

/// <summary>The reports of one replica in columns of equal length, ascending by step.</summary>
public sealed record MetricColumns
{
    private static readonly HashSet<string> Fixed = new(StringComparer.Ordinal) { "replica", "epoch", "step", "images", "seconds" };

    public required int Replica { get; init; }

    public required IReadOnlyList<long> Steps { get; init; }

    /// <summary>Time trained until then.</summary>
    public required IReadOnlyList<double?> Seconds { get; init; }

    /// <summary>Values by metric name; null where a report has none, or one that is not finite.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double?>> Values { get; init; }

    /// <summary>The columns of a file of metrics.</summary>
    /// <param name="replica">Whose.</param>
    /// <param name="content">The bytes of metrics/rN.jsonl.</param>
    /// <param name="names">The metrics that are wanted; null for all.</param>
    /// <param name="points">Reports at most; more are thinned out evenly, except those with a score, and the last one stays.</param>
    public static MetricColumns Of(int replica, ReadOnlySpan<byte> content, IReadOnlySet<string>? names, int points)
    {
        var rows = MetricsReader.Effective(content);
        var wanted = rows.SelectMany(static row => row.EnumerateObject()).Select(static value => value.Name)
            .Where(name => !Fixed.Contains(name) && (names is null || names.Contains(name)))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var kept = Thin(rows, points);
        return new()
        {
            Replica = replica,
            Steps = [.. kept.Select(static row => row.GetProperty("step").GetInt64())],
            Seconds = [.. kept.Select(static row => Number(row, "seconds"))],
            Values = wanted.ToDictionary(static name => name, name => (IReadOnlyList<double?>)[.. kept.Select(row => Number(row, name))]),
        };
    }

    /// <summary>The names in a list with commas; null for all.</summary>
    public static IReadOnlySet<string>? Named(string? list)
        => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);

    /// <summary>Refuses names that neither a report has nor any job could have.</summary>
    /// <exception cref="DistGanException">There is such a name; the message says which, and what was probably meant.</exception>
    public static void RefuseUnknown(IReadOnlySet<string>? names, IReadOnlyCollection<MetricColumns> columns)
    {
        var known = columns.SelectMany(static one => one.Values.Keys).Concat(NameMeanings.OfMetrics).ToHashSet(StringComparer.Ordinal);
        var unknown = names?.Where(name => !known.Contains(name) && !MetricNames.IsClassShare(name)).ToList() ?? [];
        if (unknown.Count > 0)
        {
            throw new DistGanException(string.Join(' ', unknown.Select(name => $"names: there is no metric '{name}'{(NearestName.Of(name, known) is { } nearest ? $"; did you mean '{nearest}'?" : ".")}")));
        }
    }

    /// <summary>Names of the scores in files of metrics: what evaluations tell, and the reports of rounds do not.</summary>
    public static IReadOnlyList<string> ScoresIn(IEnumerable<byte[]> contents)
        => [.. contents.SelectMany(static content => MetricsReader.Effective(content))
            .Where(static row => !row.TryGetProperty(MetricNames.DiscriminatorLoss, out _))
            .SelectMany(static row => row.EnumerateObject()).Select(static value => value.Name)
            .Where(static name => !Fixed.Contains(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Every so manieth report of a round, and every evaluation.</summary>
    private static IReadOnlyList<JsonElement> Thin(IReadOnlyList<JsonElement> rows, int points)
    {
        if (rows.Count <= points)
        {
            return rows;
        }

        var every = (rows.Count + points - 1) / points;
        return [.. rows.Where((row, index) => index % every == 0 || index == rows.Count - 1 || !row.TryGetProperty(MetricNames.DiscriminatorLoss, out _))];
    }

    private static double? Number(JsonElement row, string name)
        => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
