using System.Globalization;

namespace DistGan.Recipes.Tests.Rules.Diagnosis;

/// <summary>The reports of three runs of preset fashion with different seeds, 3000 steps each, that ended with good images.</summary>
internal static class HealthyRuns
{
    /// <summary>The reports of the rounds of each run, in order.</summary>
    public static IReadOnlyList<IReadOnlyList<Dictionary<string, double>>> Read()
    {
        using var stream = typeof(HealthyRuns).Assembly.GetManifestResourceStream("healthy-fashion.csv") ?? throw new InvalidOperationException("The resource is missing.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(',')).ToList();
        var names = lines[0];
        return [.. lines.Skip(1).GroupBy(static cells => cells[0]).Select(run => (IReadOnlyList<Dictionary<string, double>>)
            [.. run.Select(cells => Values(names, cells)).Where(static values => values.ContainsKey(MetricNames.DiscriminatorLoss))])];
    }

    private static Dictionary<string, double> Values(string[] names, string[] cells)
        => names.Zip(cells).Skip(2).Where(static pair => pair.Second.Length > 0)
            .ToDictionary(static pair => pair.First, static pair => double.Parse(pair.Second, CultureInfo.InvariantCulture));
}
