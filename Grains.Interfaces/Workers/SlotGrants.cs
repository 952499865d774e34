namespace DistGan.Grains.Interfaces.Workers;

/// <summary>What a job holds after a claim.</summary>
[GenerateSerializer, Immutable, Alias("distgan.slot-grants")]
public sealed record SlotGrants
{
    /// <summary>In the order of the replicas; a replica without one waits.</summary>
    [Id(0)]
    public required IReadOnlyList<SlotGrant> Slots { get; init; }

    /// <summary>Why a new claim can never be met here, as a sentence; it is not kept then. Null otherwise.</summary>
    [Id(1)]
    public string? Refusal { get; init; }
}
