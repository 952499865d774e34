namespace DistGan.Recipes;

/// <summary>Means over the steps since the last reading; null where no update gave the value.</summary>
public sealed record BalanceReading
{
    public double? DiscriminatorLoss { get; init; }

    public double? GeneratorLoss { get; init; }

    /// <summary>Share of real images above the decision boundary.</summary>
    public double? RealAccuracy { get; init; }

    /// <summary>Share of fresh generated images below it.</summary>
    public double? FakeAccuracy { get; init; }

    /// <summary>The values that have a name in <see cref="MetricNames"/>; one that is not finite counts as none.</summary>
    public static BalanceReading Of(IReadOnlyDictionary<string, double> values) => new()
    {
        DiscriminatorLoss = Finite(values, MetricNames.DiscriminatorLoss),
        GeneratorLoss = Finite(values, MetricNames.GeneratorLoss),
        RealAccuracy = Finite(values, MetricNames.RealAccuracy),
        FakeAccuracy = Finite(values, MetricNames.FakeAccuracy),
    };

    private static double? Finite(IReadOnlyDictionary<string, double> values, string name)
        => values.TryGetValue(name, out var value) && double.IsFinite(value) ? value : null;
}
