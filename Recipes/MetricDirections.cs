namespace DistGan.Recipes;

/// <summary>Which scores rank generators, and which way; a score that is not here describes and does not rank.</summary>
public static class MetricDirections
{
    private static readonly Dictionary<string, bool> LowerIsBetter = new(StringComparer.Ordinal)
    {
        [MetricNames.Fid] = true,
        [MetricNames.Kid] = true,
        [MetricNames.Modes] = false,
        // The one of its four that falls both with quality and with variety.
        [MetricNames.Coverage] = false,
        [MetricNames.InceptionScore] = false,
    };

    /// <summary>True where lower is better, false where higher is, null where the score does not rank.</summary>
    public static bool? Of(string score) => LowerIsBetter.TryGetValue(score, out var lower) ? lower : null;
}
