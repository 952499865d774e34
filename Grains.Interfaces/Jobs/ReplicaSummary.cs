using DistGan.Grains.Interfaces.Trainers;

namespace DistGan.Grains.Interfaces.Jobs;

/// <summary>One replica as it stands now.</summary>
[GenerateSerializer, Immutable, Alias("distgan.replica-summary")]
public sealed record ReplicaSummary
{
    [Id(0)]
    public required int Replica { get; init; }

    /// <summary>How it ended; null while it trains.</summary>
    [Id(1)]
    public ReplicaOutcome? Outcome { get; init; }

    [Id(2)]
    public required long Step { get; init; }

    [Id(3)]
    public required long Images { get; init; }

    [Id(4)]
    public required double Seconds { get; init; }

    /// <summary>Its last scores by metric name.</summary>
    [Id(5)]
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>Why it failed, as a sentence; null otherwise.</summary>
    [Id(6)]
    public string? Failure { get; init; }

    /// <summary>Whether it waits for a slot.</summary>
    [Id(7)]
    public bool Waiting { get; init; }

    /// <summary>What it has in place of the job's recipe, by dotted key: the hyperparameters of a member of a population.</summary>
    [Id(8)]
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <summary>The epoch of its newest owner: it goes up by one at each start and each loss.</summary>
    [Id(9)]
    public long Epoch { get; init; }

    /// <summary>The silo address of the worker that it trains on, as <see cref="Workers.SlotLease.Worker"/>; null while it has no slot.</summary>
    [Id(10)]
    public string? Worker { get; init; }

    /// <summary>Ordinal of its slot on that worker; null while it has none.</summary>
    [Id(11)]
    public int? Slot { get; init; }

    /// <summary>The device of that slot, cpu or cuda:I; null while it has none.</summary>
    [Id(12)]
    public string? Device { get; init; }
}
