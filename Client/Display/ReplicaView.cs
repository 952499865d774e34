using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.Client.Display;

/// <summary>What is known of one replica, gathered from its reports. Not thread-safe.</summary>
public sealed class ReplicaView(int ordinal, BudgetRule budget)
{
    private readonly Dictionary<string, History> _histories = [];
    private double? _firstSeconds;
    private double _firstFraction;

    public int Ordinal { get; } = ordinal;

    public ReplicaProgress? Last { get; private set; }

    /// <summary>The metric of the first score that was reported; null before.</summary>
    public string? FirstScore { get; private set; }

    /// <summary>The last score and its step, such as "fid 31.2 at step 500"; null before the first.</summary>
    public string? Score { get; set; }

    /// <summary>Whether it trains no more: done, interrupted, or failed for good.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether its worker is lost and nobody has gone on with it yet.</summary>
    public bool IsLost { get; set; }

    /// <summary>How much of the budget is used, 0 to 1, by the bound that is nearest to its end.</summary>
    public double Fraction => Last is null ? 0 : FractionOf(Last);

    /// <summary>Time to the end at the pace since this console watches; null while it is unknown.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            if (Last is null || _firstSeconds is not { } start)
            {
                return null;
            }

            var gained = Fraction - _firstFraction;
            var seconds = gained <= 0 ? double.NaN : (Last.Seconds - start) / gained * (1 - Fraction);
            return double.IsFinite(seconds) && seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(Math.Max(0, seconds)) : null;
        }
    }

    public void Add(ReplicaProgress report)
    {
        // Scores come in a report of their own: what the training said last stays.
        var isTraining = Last is null || report.Values.ContainsKey(MetricNames.DiscriminatorLoss);
        Remember(report);
        IsLost &= report.Epoch <= Last?.Epoch; // what its lost owner has said last may come after the news of the loss
        Last = isTraining ? report : report with { Values = Merged(Last!.Values, report.Values) };
        if (_firstSeconds is null || report.Seconds < _firstSeconds)
        {
            _firstSeconds = report.Seconds;
            _firstFraction = FractionOf(report);
        }

        if (report.Values.TryGetValue(MetricNames.Fid, out var fid))
        {
            Score = $"fid {Text.Number(fid)} at step {report.Step}";
        }
    }

    /// <summary>Until the first report says more, a resumed replica stands where it was resumed.</summary>
    public void Resume(long step, long epoch)
        => Last = new() { Replica = Ordinal, Epoch = epoch, Step = step, Images = 0, Seconds = 0, Values = new Dictionary<string, double>() };

    public double? Value(string metric)
        => Last is not null && Last.Values.TryGetValue(metric, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>The course of a loss or of the first score; null where nothing is known of it.</summary>
    public History? HistoryOf(string? metric) => metric is null ? null : _histories.GetValueOrDefault(metric);

    private void Remember(ReplicaProgress report)
    {
        if (!report.Values.ContainsKey(MetricNames.DiscriminatorLoss))
        {
            FirstScore ??= report.Values.Keys.FirstOrDefault(static name => !MetricNames.IsClassShare(name));
        }

        foreach (var metric in (string?[])[MetricNames.DiscriminatorLoss, MetricNames.GeneratorLoss, FirstScore])
        {
            if (metric is not null && report.Values.TryGetValue(metric, out var value))
            {
                if (!_histories.TryGetValue(metric, out var history))
                {
                    _histories.Add(metric, history = new());
                }

                history.Add(report.Step, value);
            }
        }
    }

    private static Dictionary<string, double> Merged(IReadOnlyDictionary<string, double> old, IReadOnlyDictionary<string, double> added)
    {
        var all = old.ToDictionary();
        foreach (var (name, value) in added)
        {
            all[name] = value;
        }

        return all;
    }

    private double FractionOf(ReplicaProgress report) => budget.Progress(report.Step, report.Images, report.Seconds / 60);
}
