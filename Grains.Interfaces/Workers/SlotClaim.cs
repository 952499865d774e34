namespace DistGan.Grains.Interfaces.Workers;

/// <summary>The slots that a job wants, and with what right. A later claim of the same job takes the place of this one.</summary>
[GenerateSerializer, Immutable, Alias("distgan.slot-claim")]
public sealed record SlotClaim
{
    [Id(0)]
    public required JobId Job { get; init; }

    /// <summary>Who pays for it with their share; empty for nobody in particular.</summary>
    [Id(1)]
    public required string User { get; init; }

    /// <summary>Higher goes first.</summary>
    [Id(2)]
    public required int Priority { get; init; }

    /// <summary>Threads that each slot must offer at least.</summary>
    [Id(3)]
    public required int Threads { get; init; }

    /// <summary>Ordinals of the replicas that hold a slot or want one.</summary>
    [Id(4)]
    public required IReadOnlyList<int> Replicas { get; init; }

    /// <summary>Slots below which the job has no use for any: it gets that many at once or none.</summary>
    [Id(5)]
    public required int Minimum { get; init; }

    /// <summary>Workers whose slots are of no use to it just now; what it holds there it keeps.</summary>
    [Id(6)]
    public IReadOnlyList<string> Avoid { get; init; } = [];

    /// <summary>Whether a slot is of use to it.</summary>
    public bool Fits(SlotLease slot) => slot.Threads >= Threads && !Avoid.Contains(slot.Worker);
}
