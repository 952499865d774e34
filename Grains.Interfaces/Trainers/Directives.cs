namespace DistGan.Grains.Interfaces.Trainers;

/// <summary>What the coordinator wants of a replica from the next step on.</summary>
[GenerateSerializer, Immutable, Alias("distgan.directives")]
public sealed record Directives
{
    public static Directives None { get; } = new();

    /// <summary>Another owner has taken over: stop at once and write nothing.</summary>
    [Id(0)]
    public bool Superseded { get; init; }

    /// <summary>Finish the step, commit a snapshot and end.</summary>
    [Id(1)]
    public bool Interrupt { get; init; }

    /// <summary>The coordinator's newest event number, as acknowledgement.</summary>
    [Id(2)]
    public long Sequence { get; init; }

    /// <summary>Replicas that the job is to have; 0 where nothing is said.</summary>
    [Id(3)]
    public int Replicas { get; init; }

    /// <summary>What the balance of the whole job has decided, for the rule of each replica; null where each has its own.</summary>
    [Id(4)]
    public IReadOnlyList<double>? Balance { get; init; }

    /// <summary>The number of a request for a snapshot that is not there yet; 0 for none. The same number again is the same request.</summary>
    [Id(5)]
    public long Snapshot { get; init; }
}
