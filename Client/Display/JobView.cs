using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.Client.Display;

/// <summary>What is known of a job, gathered from its reports and events. Not thread-safe.</summary>
public sealed class JobView(JobFacts facts)
{
    private const int KeptEvents = 4;

    private readonly BudgetRule _budget = new(facts.Budget);
    private readonly List<JobEvent> _events = [];
    private readonly SortedDictionary<int, ReplicaView> _replicas = [];
    private bool _isHeard;

    public JobFacts Facts { get; } = facts;

    public JobState State { get; private set; } = JobState.Pending;

    /// <summary>The replicas that were heard of, by their ordinals.</summary>
    public IReadOnlyCollection<ReplicaView> Replicas => _replicas.Values;

    /// <summary>The last report of the replica that decides when the job ends: the slowest that still trains.</summary>
    public ReplicaProgress? Last => Slowest?.Last;

    /// <summary>The last score of that replica and its step; null before the first.</summary>
    public string? Score => Slowest?.Score;

    /// <summary>The step at which the first replica has begun; null before it has, and once there is a report.</summary>
    public long? AwaitedFrom { get; private set; }

    /// <summary>The newest few events, oldest first.</summary>
    public IReadOnlyList<JobEvent> Events => _events;

    /// <summary>How much of the budget the slowest replica has used, 0 to 1.</summary>
    public double Fraction => _replicas.Count < Facts.Replicas ? 0 : Slowest?.Fraction ?? 0;

    /// <summary>Time until the last replica is done, at the pace since this console watches; null while it is unknown, and while one is lost.</summary>
    public TimeSpan? Remaining => _replicas.Count < Facts.Replicas || Lost.Count > 0 ? null : Training.Max(static replica => replica.Remaining);

    /// <summary>The replicas whose worker is lost, until another one goes on with them.</summary>
    public IReadOnlyList<ReplicaView> Lost => [.. _replicas.Values.Where(static replica => replica is { IsLost: true, HasEnded: false })];

    private IEnumerable<ReplicaView> Training
        => _replicas.Values.Any(static replica => !replica.HasEnded) ? _replicas.Values.Where(static replica => !replica.HasEnded) : _replicas.Values;

    private ReplicaView? Slowest => Training.MinBy(static replica => replica.Fraction);

    public void Add(JobProgress progress)
    {
        State = progress.State;
        foreach (var entry in progress.Events)
        {
            Add(entry);
        }

        foreach (var report in progress.Reports)
        {
            Add(report);
        }
    }

    public void Add(ReplicaProgress report)
    {
        (_isHeard, AwaitedFrom) = (true, null);
        Of(report.Replica).Add(report);
    }

    public double? Value(string metric) => Slowest?.Value(metric);

    /// <summary>The sum over the replicas that train; null where none says it.</summary>
    public double? Sum(string metric)
    {
        var values = Training.Where(static replica => !replica.IsLost).Select(replica => replica.Value(metric)).OfType<double>().ToList();
        return values.Count == 0 ? null : values.Sum();
    }

    private void Add(JobEvent entry)
    {
        if (string.Equals(entry.Kind, EventKinds.Evaluated, StringComparison.Ordinal))
        {
            Of(entry.Replica ?? 0).Score = entry.Message;
        }

        if (string.Equals(entry.Kind, EventKinds.ReplicaEnded, StringComparison.Ordinal) && entry.Replica is { } ended)
        {
            Of(ended).HasEnded = true;
        }

        if (entry.Replica is { } moved && entry.Kind is (EventKinds.ReplicaLost or EventKinds.Started or EventKinds.Resumed))
        {
            Of(moved).IsLost = string.Equals(entry.Kind, EventKinds.ReplicaLost, StringComparison.Ordinal);
        }

        if (string.Equals(entry.Kind, EventKinds.Resumed, StringComparison.Ordinal) && entry.Data.TryGetValue("step", out var step))
        {
            Of(entry.Replica ?? 0).Resume((long)step, entry.Epoch ?? 0);
        }

        if (!_isHeard && entry.Kind is (EventKinds.Started or EventKinds.Resumed))
        {
            AwaitedFrom ??= entry.Data.TryGetValue("step", out var begun) ? (long)begun : 0;
        }

        _events.Add(entry);
        if (_events.Count > KeptEvents)
        {
            _events.RemoveAt(0);
        }
    }

    private ReplicaView Of(int ordinal)
    {
        if (!_replicas.TryGetValue(ordinal, out var replica))
        {
            _replicas.Add(ordinal, replica = new ReplicaView(ordinal, _budget));
        }

        return replica;
    }
}
