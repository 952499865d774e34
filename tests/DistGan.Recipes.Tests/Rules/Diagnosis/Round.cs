namespace DistGan.Recipes.Tests.Rules.Diagnosis;

/// <summary>The report of a round in which nothing is wrong, and changes of it.</summary>
internal static class Round
{
    public static Dictionary<string, double> Healthy => new()
    {
        [MetricNames.DiscriminatorLoss] = 0.9,
        [MetricNames.GeneratorLoss] = 1.4,
        [MetricNames.RealAccuracy] = 0.8,
        [MetricNames.FakeAccuracy] = 0.85,
        [MetricNames.RealScore] = 1,
        [MetricNames.FakeScore] = -1,
        [MetricNames.GeneratorGradientNorm] = 5,
        [MetricNames.SampleDiversity] = 0.9,
    };

    public static Dictionary<string, double> With(params (string Name, double Value)[] values)
    {
        var round = Healthy;
        foreach (var (name, value) in values)
        {
            round[name] = value;
        }

        return round;
    }

    /// <summary>What is found in each round, in order.</summary>
    public static List<(int Round, string Name)> Found(IEnumerable<Dictionary<string, double>> rounds)
    {
        var rule = new DiagnosisRule();
        return [.. rounds.SelectMany((values, i) => rule.ObserveRound(values).Select(finding => (i + 1, finding.Name)))];
    }
}
