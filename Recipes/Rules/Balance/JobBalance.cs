namespace DistGan.Recipes;

/// <summary>
/// One balance for all replicas of a job: a rule that hears the mean of what the replicas report. Each replica has one voice, its newest
/// reading, however fast it is; one that is behind is not waited for longer than three rounds of the fastest.
/// </summary>
public sealed class JobBalance(IBalanceRule rule)
{
    /// <summary>Reports of one replica after which a decision is made without those that have not reported.</summary>
    public const int Patience = 3;

    private readonly Dictionary<int, (BalanceReading Reading, int Reports)> _heard = [];

    /// <summary>What the rule has decided, for the rules of the replicas (<see cref="IBalanceRule.Follow"/>).</summary>
    public IReadOnlyList<double> State => rule.Capture();

    /// <summary>The updates of a step since the last decision.</summary>
    public BalanceTurn Turn { get; private set; } = rule.Whole;

    /// <summary>The factors of both learning rates since the last decision.</summary>
    public BalanceRates Rates => rule.Rates;

    /// <summary>What the last decision was made by, and what it was held against; no number where there was none.</summary>
    public (double Signal, double Target) Evidence => (rule.Signal, rule.Target);

    /// <summary>Replicas whose readings are in the last decision.</summary>
    public int Voices { get; private set; }

    /// <summary>Goes back to what was decided before.</summary>
    public void Restore(IReadOnlyList<double> state)
    {
        rule.Restore(state);
        Turn = rule.Next();
    }

    /// <summary>Takes a replica's reading of a round; whether that led to a decision.</summary>
    /// <param name="replica">Whose.</param>
    /// <param name="reading">The means of its round.</param>
    /// <param name="live">The replicas that train.</param>
    public bool Hear(int replica, BalanceReading reading, IReadOnlyCollection<int> live)
    {
        _heard[replica] = (reading, _heard.GetValueOrDefault(replica).Reports + 1);
        if (!live.All(_heard.ContainsKey) && _heard[replica].Reports < Patience)
        {
            return false;
        }

        var readings = _heard.Where(pair => live.Contains(pair.Key)).Select(static pair => pair.Value.Reading).ToList();
        Voices = readings.Count;
        rule.Observe(new BalanceReading
        {
            DiscriminatorLoss = Mean(readings, static one => one.DiscriminatorLoss),
            GeneratorLoss = Mean(readings, static one => one.GeneratorLoss),
            RealAccuracy = Mean(readings, static one => one.RealAccuracy),
            FakeAccuracy = Mean(readings, static one => one.FakeAccuracy),
        });
        _heard.Clear();
        Turn = rule.Next();
        return true;
    }

    private static double? Mean(IEnumerable<BalanceReading> readings, Func<BalanceReading, double?> value)
    {
        var known = readings.Select(value).OfType<double>().ToList();
        return known.Count == 0 ? null : known.Average();
    }
}
