namespace DistGan.Recipes;

/// <summary>The finite values of a report; what a symptom goes by becomes its evidence.</summary>
internal sealed class ReportValues(IReadOnlyDictionary<string, double> values, IDictionary<string, double> evidence, long steps)
{
    /// <summary>Steps whose means these are.</summary>
    public long Steps { get; } = steps;

    /// <summary>A value, or null where there is none that is finite.</summary>
    public double? this[string name] => values.TryGetValue(name, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Both values, or null.</summary>
    public (double First, double Second)? Pair(string first, string second) => this[first] is { } one && this[second] is { } two ? (one, two) : null;

    /// <summary>Adds a number to what is told.</summary>
    public void Tell(string name, double value) => evidence[name] = value;
}
